import 'coze-chat-embed/define';
import { type CozeChatElement, type CozeMessageEvent, defineTools, type StandardSchema } from 'coze-chat-embed';

const chat: CozeChatElement = document.createElement('coze-chat');
chat.mode = 'inline';
chat.chatOptions = { upload: false };
chat.getToken = async () => ({ access_token: 'czs_', expires_in: 3600 });
chat.getToken = async ({ signal }) => (await fetch('/token', { signal })).json();
chat.getToken = async () => ({ token: 'czs_', expiresAt: new Date().toISOString() });
chat.getToken = async () => ({ code: 0, data: { access_token: 'czs_', expires_in: 1763820000 } });
// @ts-expect-error: the token has another name.
chat.getToken = async () => ({ jwt: 'czs_' });
// @ts-expect-error: a moment is a number or text.
chat.getToken = async () => ({ token: 'czs_', expiresAt: new Date() });
chat.addEventListener('coze-message', (event) => {
  const message: CozeMessageEvent = event;
  const role: 'user' | 'assistant' = event.role;
  void [message, role];
});
document.addEventListener('coze-error', ({ code, retryable }) => void [code satisfies string, retryable satisfies boolean]);
document
  .querySelector('coze-chat')
  ?.sendMessage('Hello')
  .then(({ text }) => text.length);
declare const order: StandardSchema<{ readonly sku: string; readonly count: number }>;
chat.tools = defineTools({
  add_to_cart: {
    parameters: order,
    confirm: ({ sku, count }) => `${count satisfies number} × ${sku satisfies string}?`,
    run: async ({ sku }, { signal, toolCallId }) => (await fetch(`/cart/${sku}/${toolCallId}`, { signal })).json(),
    // @ts-expect-error: there is no such effect.
    effect: 'delete',
  },
  get_cart: { parameters: { type: 'object' }, run: (args) => [args['page']], effect: 'read' },
});
// @ts-expect-error: a tool has a schema.
chat.tools = { get_cart: { run: () => [] } };
chat.tools = undefined;
defineTools({
  // @ts-expect-error: the schema has no such member.
  add_to_cart: { parameters: order, run: ({ price }) => price },
});
chat.context = () => ({ page: location.pathname, product: document.querySelector('h1')?.textContent });
chat.context = async () => undefined;
// @ts-expect-error: only texts are sent.
chat.context = () => ({ count: 1 });
chat.addEventListener('coze-before-send', (event) => {
  event.text = event.text.trim();
  event.context = { ...event.context, page: '/' };
});
chat.hidden = true;
// @ts-expect-error: there is no such mode.
chat.mode = 'popup';
// @ts-expect-error: the state is the chat's own to say.
chat.status = 'ready';
// @ts-expect-error: there is no such option.
chat.chatOptions = { uplaod: false };
// @ts-expect-error: nothing of Lit is promised.
chat.requestUpdate();
chat.addEventListener('coze-token', (event) => {
  // @ts-expect-error: no event carries a token.
  void event.token;
});
