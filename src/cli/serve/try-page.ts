/** The page of `serve` in development: the script tag of the chat, and a few sentences on what to try. */

export interface TryPageOptions {
  readonly path: string;
  readonly botId: string;
  readonly apiBaseUrl: string;
  /** Whether the bot belongs to the stand-in. */
  readonly isStandIn: boolean;
}

export function renderTryPage({ path, botId, apiBaseUrl, isStandIn }: TryPageOptions): string {
  const isDefaultApi = apiBaseUrl === 'https://api.coze.cn';
  const line = `<script src="${path}/embed.js" defer data-bot-id="${botId}"${isDefaultApi ? '' : ` data-api-base-url="${escapeHtml(apiBaseUrl)}"`}></script>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">
    <title>Your chat</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
      body { max-inline-size: 40rem; margin: 4rem auto; padding-inline: 1.5rem; }
      pre { padding: 1rem; overflow-x: auto; background: color-mix(in srgb, currentcolor 8%, transparent); border-radius: 8px; }
    </style>
    ${line}
  </head>
  <body>
    <h1>Your chat</h1>
    <p>The button in the corner opens it. It talks to ${isStandIn ? 'the stand-in for Coze on this machine: no account, no costs' : 'your bot on Coze'}.</p>
    <p>Open this page in a private window, too: that is another visitor, with a history of their own.</p>
    <p>This is all that the page has for it:</p>
    <pre><code>${escapeHtml(line)}</code></pre>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
