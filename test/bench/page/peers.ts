/** Other chat widgets on npm, each embedded as in its README, with a backend on loopback that knows one answer. */
import { readdir } from 'node:fs/promises';
import { type Contender, isAsset } from './contender.js';
import { download } from './download.js';

const ANSWER = 'You said so';

interface Peer extends Pick<Contender, 'body' | 'answers'> {
  readonly package: string;
  readonly version: string;
  /** The folder of the served files. */
  readonly folder: string;
  readonly launcher?: string;
}

const typebotInput = { id: 'input', type: 'text input', options: {} };

const typebotMessage = (text: string): unknown => ({
  id: text,
  type: 'text',
  content: { type: 'richText', richText: [{ type: 'p', children: [{ text }] }] },
});

export const peers: readonly Contender[] = [
  contender({
    package: 'deep-chat',
    version: '2.4.2',
    folder: 'dist',
    body: () => `<script type="module" src="/bench/deep-chat/deepChat.bundle.js"></script>
<deep-chat connect='{"url": "/bench/answers/deep-chat"}'></deep-chat>`,
    answers: { '/bench/answers/deep-chat': { text: ANSWER } },
  }),
  contender({
    package: 'flowise-embed',
    version: '3.1.6',
    folder: 'dist',
    launcher: 'flowise-chatbot button',
    body: () => `<script type="module">
  import Chatbot from '/bench/flowise-embed/web.js';
  Chatbot.init({ chatflowid: 'flow', apiHost: location.origin + '/bench/answers/flowise' });
</script>`,
    answers: {
      '/bench/answers/flowise/api/v1/public-chatbotConfig/flow': {},
      '/bench/answers/flowise/api/v1/chatflows-streaming/flow': { isStreaming: false },
      '/bench/answers/flowise/api/v1/prediction/flow': { text: ANSWER, chatId: 'chat', chatMessageId: 'message' },
    },
  }),
  contender({
    package: '@typebot.io/js',
    version: '0.10.7',
    folder: 'dist',
    launcher: 'typebot-bubble button',
    body: () => `<script type="module">
  import Typebot from '/bench/@typebot.io/js/web.js';
  Typebot.initBubble({ typebot: 'bot', apiHost: location.origin + '/bench/answers/typebot' });
</script>`,
    answers: {
      '/bench/answers/typebot/api/v1/typebots/bot/startChat': {
        sessionId: 'session',
        typebot: { id: 'bot', version: '6.1', theme: {}, settings: {} },
        messages: [typebotMessage('Hello')],
        input: typebotInput,
      },
      '/bench/answers/typebot/api/v1/sessions/session/continueChat': { messages: [typebotMessage(ANSWER)], input: typebotInput },
    },
  }),
  contender({
    package: '@n8n/chat',
    version: '1.37.0',
    folder: 'dist',
    launcher: '.chat-window-toggle',
    body: () => `<link rel="stylesheet" href="/bench/@n8n/chat/style.css"><script type="module">
  import { createChat } from '/bench/@n8n/chat/chat.bundle.es.js';
  createChat({ webhookUrl: location.origin + '/bench/answers/n8n' });
</script>`,
    // The same URL serves the history and the answers.
    answers: { '/bench/answers/n8n': { data: [], output: ANSWER } },
  }),
  contender({
    package: 'open-chat-studio-widget',
    version: '0.6.0',
    folder: 'dist/open-chat-studio-widget',
    launcher: 'open-chat-studio-widget button',
    body: () => `<script type="module" src="/bench/open-chat-studio-widget/open-chat-studio-widget.esm.js"></script>
<script>document.write('<open-chat-studio-widget chatbot-id="bot" button-text="Chat" api-base-url="' + location.origin + '/bench/answers/ocs"></open-chat-studio-widget>')</script>`,
    answers: {
      '/bench/answers/ocs/api/chat/start/': { session_id: 'session', chatbot: { name: 'Bot' } },
      '/bench/answers/ocs/api/chat/session/message/': { task_id: 'task', status: 'processing' },
      '/bench/answers/ocs/api/chat/session/task/poll/': {
        status: 'complete',
        message: { created_at: '2026-01-01T00:00:00Z', role: 'assistant', content: ANSWER },
      },
      '/bench/answers/ocs/api/chat/session/poll/': { messages: [], has_more: false, session_status: 'active' },
    },
  }),
];

function contender({ package: name, version, folder, ...peer }: Peer): Contender {
  return {
    name,
    ...peer,
    async files() {
      const path = `${download(name, version)}/${folder}`;
      const names = (await readdir(path, { recursive: true })).filter(isAsset);
      return Object.fromEntries(names.map((file) => [file, `${path}/${file}`]));
    },
  };
}
