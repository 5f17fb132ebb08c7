/** The pages that are compared, served as a good host would: compressed, and cached for as long as the browser likes. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { World } from '../../e2e/support/world.js';

export type Contender = 'empty page' | 'ours' | 'raw SDK';

export const pathOf: Readonly<Record<Contender, string>> = { 'empty page': '/bench/empty', ours: '/bench/ours', 'raw SDK': '/bench/raw' };

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const dist = folder('../../../dist');
const modules = folder('../../../node_modules');

/** The prebuilt SDK and what it needs, as its README has it. */
const rawFiles: Readonly<Record<string, string>> = {
  'react.js': 'react/umd/react.production.min.js',
  'react-dom.js': 'react-dom/umd/react-dom.production.min.js',
  'sdk.js': '@coze/chat-sdk/dist/lib-h5/exports/index.js',
  'sdk.css': '@coze/chat-sdk/dist/lib-h5/css/exports/index.css',
};

export async function buildSite({ host, coze }: World): Promise<void> {
  const put = (path: string, type: string, content: string | Buffer, cacheControl = 'public, max-age=86400'): void => {
    const headers = { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': cacheControl };
    host.pages.set(path, new Response(new Uint8Array(gzipSync(content, { level: 9 })), { headers }));
  };
  for (const name of await readdir(dist, { recursive: true })) {
    const type = /\.js$/.test(name) ? 'text/javascript' : /\.css$/.test(name) ? 'text/css' : undefined;
    if (type !== undefined) put(`/bench/ours/${name}`, type, await readFile(`${dist}/${name}`));
  }
  for (const [name, path] of Object.entries(rawFiles)) {
    put(`/bench/raw/${name}`, name.endsWith('.css') ? 'text/css' : 'text/javascript', await readFile(`${modules}/${path}`));
  }
  const settings = { apiBaseUrl: coze.origin, botId: coze.botId, tokenEndpoint: '/visitors/left/api/coze/token' };
  const page = (body: string): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><h1>A page</h1>${body}`;
  put(pathOf['empty page'], 'text/html', page(''), 'no-cache');
  put(pathOf.ours, 'text/html', page(ours(settings)), 'no-cache');
  put(pathOf['raw SDK'], 'text/html', page(raw(settings)), 'no-cache');
}

interface Settings {
  readonly apiBaseUrl: string;
  readonly botId: string;
  readonly tokenEndpoint: string;
}

const ours = ({ apiBaseUrl, botId, tokenEndpoint }: Settings): string => `
<script type="module" src="/bench/ours/define.js"></script>
<coze-chat api-base-url="${apiBaseUrl}" bot-id="${botId}" token-endpoint="${tokenEndpoint}"></coze-chat>`;

/** A button that loads and mounts the SDK, everything that can be at once at once; a second click takes it away. */
const raw = ({ apiBaseUrl, botId, tokenEndpoint }: Settings): string => `
<button>Chat</button><div id="chat" style="height: 600px"></div>
<script type="module">
  const add = (tag, properties) =>
    new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject })));
  const askForToken = async (reason) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('${tokenEndpoint}', { method: 'POST', headers, body: JSON.stringify({ reason }) });
    return (await response.json()).access_token;
  };
  let files, root;
  const load = () => Promise.all([
    add('link', { rel: 'stylesheet', href: '/bench/raw/sdk.css' }),
    ...['react', 'react-dom', 'sdk'].map((name) => add('script', { src: '/bench/raw/' + name + '.js', async: false })),
  ]);
  document.querySelector('button').addEventListener('click', async () => {
    if (root) { root.unmount(); root = undefined; return; }
    const [token] = await Promise.all([askForToken('initial'), (files ??= load())]);
    const { ChatFramework, ChatSlot, ChatType, Language } = window.default;
    const props = {
      chat: { appId: '${botId}', type: ChatType.Bot },
      setting: { apiBaseUrl: '${apiBaseUrl}', language: Language.EN, logLevel: 'release' },
      auth: { token, connectorId: '999', onRefreshToken: () => askForToken('rejected') },
      user: { id: 'alice', name: 'Alice', avatar: '' },
    };
    root = ReactDOM.createRoot(document.getElementById('chat'));
    root.render(React.createElement(ChatFramework, props, React.createElement(ChatSlot)));
  });
</script>`;
