/** The prebuilt SDK on a bare page, as in its README: React, the bundle, a first token, and the hook. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const files: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  '/raw/react.js': { path: 'react/umd/react.production.min.js', type: 'text/javascript' },
  '/raw/react-dom.js': { path: 'react-dom/umd/react-dom.production.min.js', type: 'text/javascript' },
  '/raw/sdk.js': { path: '@coze/chat-sdk/dist/lib-h5/exports/index.js', type: 'text/javascript' },
  '/raw/sdk.css': { path: '@coze/chat-sdk/dist/lib-h5/css/exports/index.css', type: 'text/css' },
};

export interface RawPageOptions {
  readonly apiBaseUrl: string;
  readonly botId: string;
  readonly tokenEndpoint: string;
}

/** The page, at `/raw`, and its files, by path. */
export async function rawPages(options: RawPageOptions): Promise<ReadonlyMap<string, Response>> {
  const pages = new Map([['/raw', new Response(html(options), { headers: { 'content-type': 'text/html' } })]]);
  for (const [url, { path, type }] of Object.entries(files)) {
    pages.set(url, new Response(await readFile(`${MODULES}/${path}`), { headers: { 'content-type': type } }));
  }
  return pages;
}

const html = ({ apiBaseUrl, botId, tokenEndpoint }: RawPageOptions): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The SDK as it comes</title><link rel="stylesheet" href="/raw/sdk.css"></head>
<body><div id="chat" style="height: 600px"></div>
<script src="/raw/react.js"></script><script src="/raw/react-dom.js"></script><script src="/raw/sdk.js"></script>
<script type="module">
  const { ChatFramework, ChatSlot, ChatType, Language } = window.default;
  const askForToken = async (reason) => {
    const response = await fetch('${tokenEndpoint}', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    if (!response.ok) throw new Error('The token endpoint answered ' + response.status);
    return (await response.json()).access_token;
  };
  const props = {
    chat: { appId: '${botId}', type: ChatType.Bot },
    setting: { apiBaseUrl: '${apiBaseUrl}', language: Language.EN, logLevel: 'release' },
    auth: { token: await askForToken('initial'), connectorId: '999', onRefreshToken: () => askForToken('rejected') },
    user: { id: 'alice', name: 'Alice', avatar: '' },
  };
  ReactDOM.createRoot(document.getElementById('chat')).render(
    React.createElement(ChatFramework, props, React.createElement(ChatSlot)),
  );
</script></body></html>`;
