/** The prebuilt Chat SDK in a bare page, as in its README, and as fast as possible. */
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.js';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const REOPENING = `
  if (sessionStorage.getItem('open')) toggle();
  document.querySelector('button').addEventListener('click', () => sessionStorage.setItem('open', 'yes'));`;

export const rawSdk = createRawSdk({ reopens: false });

/** Reopens the chat on the visitor's next page. */
export const rawSdkReopening = createRawSdk({ reopens: true });

function createRawSdk({ reopens }: { readonly reopens: boolean }): Contender {
  return {
    name: 'raw SDK',
    launcher: 'button',
    sender: '[class*="send-btn"]',
    files: async () => ({
      'react.js': `${MODULES}/react/umd/react.production.min.js`,
      'react-dom.js': `${MODULES}/react-dom/umd/react-dom.production.min.js`,
      'sdk.js': `${MODULES}/@coze/chat-sdk/dist/lib-h5/exports/index.js`,
      'sdk.css': `${MODULES}/@coze/chat-sdk/dist/lib-h5/css/exports/index.css`,
    }),
    // A button that loads and mounts the SDK, with as much in parallel as possible; a second click unmounts it.
    body: ({ apiBaseUrl, botId, tokenEndpoint }) => `
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
    add('link', { rel: 'stylesheet', href: '/bench/raw%20SDK/sdk.css' }),
    ...['react', 'react-dom', 'sdk'].map((name) => add('script', { src: '/bench/raw%20SDK/' + name + '.js', async: false })),
  ]);
  const toggle = async () => {
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
  };
  document.querySelector('button').addEventListener('click', toggle);${reopens ? REOPENING : ''}
</script>`,
  };
}
