/**
 * The classic script: one line whose `data-*` attributes are the element's attributes. The element comes as a module from beside it and
 * goes to the end of the page's body. The same line twice, as two templates of one page may have it, makes one chat; a line with other
 * attributes makes another. Who the visitor is does not count as other: the later line says it. When the chat was removed, running the line
 * again makes a new one. So does a new body, as Turbo and Astro put it into the page, as long as the line is on the page.
 *
 * `cozeChat.push(['show'])` calls a method of the page's first chat, `cozeChat.push((chat) => …)` hands it over: before this script has come
 * to an array the page makes itself, `window.cozeChat ??= []`, then to what stands in its place. Nothing is called before there is a chat.
 */
import { loadElementForLine } from './load-element.js';

/** On an element: the line it stems from. */
const SNIPPET = Symbol.for('coze-chat-embed:line');

/** A router's copy of a body has copies of what stems from a line, with this attribute, but without {@link SNIPPET}. */
const EMBEDDED_ATTRIBUTE = 'data-embedded';

const VISITOR_ATTRIBUTE = /^(?:user|identity)-/;

type Attributes = readonly (readonly [name: string, value: string])[];
type Chat = HTMLElement & { [SNIPPET]?: string };

type Call = ((chat: Chat) => unknown) | readonly [method: string, ...args: unknown[]];
type Calls = { push(...calls: Call[]): void };

const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);
else warn('embed.js is a classic script: load it without type="module", or use define.js.');

function embed(script: HTMLScriptElement): void {
  const attributes = getAttributes(script);
  const { nonce, src } = script;
  // A script in the head runs before there is a body.
  if (document.body !== null) start();
  else document.addEventListener('DOMContentLoaded', start, { once: true });

  function start(): void {
    addChat(attributes, nonce);
    drainQueue(window as unknown as { cozeChat?: Call[] | Calls });
    observeBodyReplacement(src);
  }

  loadElementForLine(src).catch((error: unknown) => warn(`embed.js: ${String(error)}`));
}

/** Where the line does not say where the token endpoint is, it is beside this script, as `createCozeChat` has it: on the page's own site only. */
function getAttributes({ attributes, src }: HTMLScriptElement): Attributes {
  const data = [...attributes].filter(({ name }) => name.startsWith('data-'));
  const said = data.map(({ name, value }) => [name.slice('data-'.length), value] as const).sort();
  const { origin, href } = new URL('token', src);
  // What is said last counts.
  return origin === location.origin ? [['token-endpoint', href], ...said] : said;
}

function addChat(attributes: Attributes, nonce: string | undefined): void {
  const line = JSON.stringify(attributes.filter(([name]) => !VISITOR_ATTRIBUTE.test(name)));
  const chats: Chat[] = [...document.querySelectorAll('coze-chat')];
  for (const copy of chats) if (copy.hasAttribute(EMBEDDED_ATTRIBUTE) && copy[SNIPPET] === undefined) copy.remove();

  const present = chats.find((chat) => chat[SNIPPET] === line);
  if (present !== undefined) return updateVisitor(present, attributes);
  const chat: Chat = document.createElement('coze-chat');
  chat[SNIPPET] = line;
  chat.setAttribute(EMBEDDED_ATTRIBUTE, '');
  for (const [name, value] of attributes) chat.setAttribute(name, value);
  // Turbo would remove what the body it compares with does not have.
  chat.addEventListener('turbo:before-morph-element', (event) => event.preventDefault());
  // As a property: as an attribute everybody on the page could read it.
  if (nonce) chat.nonce = nonce;
  document.body.append(chat);
}

/** The page may have changed the other attributes meanwhile; they stay. */
function updateVisitor(chat: Chat, attributes: Attributes): void {
  const said = new Map(attributes);
  for (const name of new Set([...chat.getAttributeNames(), ...said.keys()])) {
    if (!VISITOR_ATTRIBUTE.test(name)) continue;
    const value = said.get(name);
    if (value === undefined) chat.removeAttribute(name);
    else chat.setAttribute(name, value);
  }
}

/** A new body is a new page, and gets its chats from the lines that are on it. The visitor may be another one. */
function observeBodyReplacement(src: string): void {
  const page = document as unknown as Record<symbol, boolean>;
  const key = Symbol.for(`coze-chat-embed:${src}`);
  if (page[key]) return;
  page[key] = true;

  let { body } = document;
  const observer = new MutationObserver(() => {
    if (document.body === null || document.body === body) return;
    ({ body } = document);
    for (const script of document.scripts) if (script.src === src) addChat(getAttributes(script), script.nonce);
  });
  observer.observe(document.documentElement, { childList: true });
}

function drainQueue(page: { cozeChat?: Call[] | Calls }): void {
  const { cozeChat = [] } = page;
  // Another line has been here before.
  if (!Array.isArray(cozeChat)) return;
  const push = (...calls: Call[]): void => calls.forEach((call) => void runCommand(call).catch((error: unknown) => warn(String(error))));
  page.cozeChat = { push };
  push(...cozeChat);
}

async function runCommand(call: Call): Promise<void> {
  await customElements.whenDefined('coze-chat');
  const chat = document.querySelector<Chat>('coze-chat');
  if (chat === null) return;
  if (typeof call === 'function') return void (await call(chat));
  const [name, ...args] = call;
  const method = (chat as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>)[name];
  if (method === undefined) return warn(`There is no ${name}().`);
  await method.apply(chat, args);
}

function warn(message: string): void {
  // eslint-disable-next-line no-console -- the page's author looks here first
  console.warn(`[coze-chat] ${message}`);
}
