export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <link rel="icon" href="data:,">
    <title>A shop</title>
    <script src="/coze/embed.js" defer data-bot-id="73428668" data-api-base-url="https://api.coze.cn"></script>
  </head>
  <body><h1>A shop</h1></body>
</html>`;
