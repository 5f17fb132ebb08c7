/**
 * The classic script: one line whose `data-*` attributes are the element's attributes. The element comes as a module from beside it and
 * goes to the end of the page's body. The same line twice, as two templates of one page may have it, makes one chat; a line with other
 * attributes makes another. When the chat was removed, running the line again makes a new one.
 *
 * `cozeChat.push(['show'])` calls a method of the page's first chat, `cozeChat.push((chat) => …)` hands it over: before this script has come
 * to an array the page makes itself, `window.cozeChat ??= []`, then to what stands in its place. Nothing is called before there is a chat.
 */

/** On an element: the line it stems from. */
const LINE = Symbol.for('coze-chat-embed:line');

type Attributes = readonly (readonly [name: string, value: string])[];
type Chat = HTMLElement & { [LINE]?: string };

type Call = ((chat: Chat) => unknown) | readonly [method: string, ...args: unknown[]];
type Calls = { push(...calls: Call[]): void };

const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);
else warn('embed.js is a classic script: load it without type="module", or load define.js and write <coze-chat> yourself.');

function embed(script: HTMLScriptElement): void {
  const attributes = attributesIn(script);
  const { nonce } = script;
  // A script in the head runs before there is a body.
  if (document.body !== null) start();
  else document.addEventListener('DOMContentLoaded', start, { once: true });

  function start(): void {
    addChat(attributes, nonce);
    takeCalls(window as unknown as { cozeChat?: Call[] | Calls });
  }

  const elementUrl = new URL('define.js', script.src).href;
  import(/* @vite-ignore */ elementUrl).catch(() => warn('define.js could not be loaded from beside embed.js.'));
}

function attributesIn({ attributes }: HTMLScriptElement): Attributes {
  const data = [...attributes].filter(({ name }) => name.startsWith('data-'));
  return data.map(({ name, value }) => [name.slice('data-'.length), value] as const).sort();
}

function addChat(attributes: Attributes, nonce: string | undefined): void {
  const line = JSON.stringify(attributes);
  const chats: Iterable<Chat> = document.querySelectorAll('coze-chat');
  if ([...chats].some((chat) => chat[LINE] === line)) return;

  const chat: Chat = document.createElement('coze-chat');
  chat[LINE] = line;
  for (const [name, value] of attributes) chat.setAttribute(name, value);
  // As a property: as an attribute everybody on the page could read it.
  if (nonce) chat.nonce = nonce;
  document.body.append(chat);
}

function takeCalls(page: { cozeChat?: Call[] | Calls }): void {
  const { cozeChat = [] } = page;
  // Another line has been here before.
  if (!Array.isArray(cozeChat)) return;
  const push = (...calls: Call[]): void => calls.forEach((call) => void make(call).catch((error: unknown) => warn(String(error))));
  page.cozeChat = { push };
  push(...cozeChat);
}

async function make(call: Call): Promise<void> {
  await customElements.whenDefined('coze-chat');
  const chat = document.querySelector<Chat>('coze-chat');
  if (chat === null) return;
  if (typeof call === 'function') await call(chat);
  else await (chat as unknown as Record<string, (...args: unknown[]) => unknown>)[call[0]]!(...call.slice(1));
}

function warn(message: string): void {
  // eslint-disable-next-line no-console -- the page's author looks here first
  console.warn(`[coze-chat] ${message}`);
}
