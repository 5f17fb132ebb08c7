export const metadata = { title: 'A shop', icons: 'data:,' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        {children}
        <script src="/coze/embed.js" defer data-bot-id="73428668" data-api-base-url="https://api.coze.cn" />
      </body>
    </html>
  );
}
