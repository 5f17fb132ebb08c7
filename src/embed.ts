/**
 * The classic script. The `data-*` attributes of its script element are the element's attributes. Loads the element's module from its own
 * folder, and appends the element to the page's body. Two equal script elements, for example from two templates of one page, create one chat;
 * different attributes create another chat. The attributes of the visitor (`user-*`, `identity-*`) do not count as a difference: the later
 * script element sets them. After the chat was removed, the script creates a new one when it runs again. When Turbo or Astro puts a new body
 * into the page, the script elements in the page create their chats again.
 *
 * `cozeChat.push(['show'])` calls a method of the page's first chat; `cozeChat.push((chat) => …)` calls the function with that chat. Before
 * this script runs, the page collects the calls in an array, `window.cozeChat ??= []`, which this script replaces. Calls run when the element
 * is defined.
 */
import { loadElementForClassicScript } from './load-element.js';

/** Property of an element: the attributes of the script element that created it, as JSON, without those of the visitor. */
const SCRIPT_KEY = Symbol.for('coze-chat-embed:line');

/** Attribute of created elements. The copies that a router makes of a body have this attribute, but not the property {@link SCRIPT_KEY}. */
const EMBEDDED_ATTRIBUTE = 'data-embedded';

const VISITOR_ATTRIBUTE = /^(?:user|identity)-/;

type Attributes = ReadonlyMap<string, string>;
type Chat = HTMLElement & { [SCRIPT_KEY]?: string };

type Call = ((chat: Chat) => unknown) | readonly [method: string, ...args: unknown[]];
type Calls = { push(...calls: Call[]): void };

/** By its getter, because an `<img name="currentScript">` that a visitor has written before the script takes the place of the property. */
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
// Null in a module, and without `src` in an SVG.
if (script?.src) embed(script);
else warn('embed.js is a classic script: load it without type="module", or use define.js.');

function embed(script: HTMLScriptElement): void {
  const attributes = getAttributes(script);
  const { nonce, src } = script;
  // A script in the head runs before the body exists.
  if (document.body !== null) start();
  else document.addEventListener('DOMContentLoaded', start, { once: true });

  function start(): void {
    addChat(attributes, nonce);
    drainQueue(window as unknown as { cozeChat?: Call[] | Calls });
    observeBodyReplacement(src);
  }

  loadElementForClassicScript(src).catch((error: unknown) => warn(`embed.js: ${String(error)}`));
}

/**
 * Returns the chat's attributes. The default of `token-endpoint` is the URL `token` beside this script, as with `createCozeChat`, if it has
 * the page's origin.
 */
function getAttributes({ attributes, src }: HTMLScriptElement): Attributes {
  const data = [...attributes].filter(({ name }) => name.startsWith('data-'));
  const written = data.map(({ name, value }) => [name.slice('data-'.length), value] as const);
  const { origin, href } = new URL('token', src);
  // A default that is not used must not stay beside the written value: equal script elements from two folders create one chat.
  return new Map(origin === location.origin ? [['token-endpoint', href], ...written] : written);
}

function addChat(attributes: Attributes, nonce: string | undefined): void {
  const scriptKey = JSON.stringify([...attributes].filter(([name]) => !VISITOR_ATTRIBUTE.test(name)).sort());
  const chats: Chat[] = [...document.querySelectorAll('coze-chat')];
  for (const copy of chats) if (copy.hasAttribute(EMBEDDED_ATTRIBUTE) && !copy[SCRIPT_KEY]) copy.remove();

  const present = chats.find((chat) => chat[SCRIPT_KEY] === scriptKey);
  if (present) return updateVisitor(present, attributes);
  const chat: Chat = document.createElement('coze-chat');
  chat[SCRIPT_KEY] = scriptKey;
  chat.setAttribute(EMBEDDED_ATTRIBUTE, '');
  for (const [name, value] of attributes) chat.setAttribute(name, value);
  // Turbo would remove elements that the new body lacks.
  chat.addEventListener('turbo:before-morph-element', (event) => event.preventDefault());
  // Set as a property, because everything on the page could read an attribute.
  if (nonce) chat.nonce = nonce;
  document.body.append(chat);
}

/** Changes only the visitor's attributes. The page may have changed the others in the meantime. */
function updateVisitor(chat: Chat, attributes: Attributes): void {
  for (const name of chat.getAttributeNames()) if (VISITOR_ATTRIBUTE.test(name) && !attributes.has(name)) chat.removeAttribute(name);
  for (const [name, value] of attributes) if (VISITOR_ATTRIBUTE.test(name)) chat.setAttribute(name, value);
}

/** Creates the chats of the page's script elements again when the page gets a new body. The visitor may be another one. */
function observeBodyReplacement(src: string): void {
  const page = document as unknown as Record<symbol, boolean>;
  const key = Symbol.for(`coze-chat-embed:${src}`);
  if (page[key]) return;
  page[key] = true;

  let { body } = document;
  const observer = new MutationObserver(() => {
    if (document.body === null || document.body === body) return;
    ({ body } = document);
    for (const script of document.querySelectorAll('script')) if (script.src === src) addChat(getAttributes(script), script.nonce);
  });
  observer.observe(document.documentElement, { childList: true });
}

function drainQueue(page: { cozeChat?: Call[] | Calls }): void {
  const { cozeChat } = page;
  const isQueue = Array.isArray(cozeChat);
  // An earlier script has already replaced the array. An element with this id is a property of `window`, too, but has no `push`.
  if (!isQueue && cozeChat?.push) return;
  const push = (...calls: Call[]): void => calls.forEach((call) => void runCommand(call).catch((error: unknown) => warn(String(error))));
  page.cozeChat = { push };
  if (isQueue) push(...cozeChat);
}

async function runCommand(call: Call): Promise<void> {
  await customElements.whenDefined('coze-chat');
  const chat = document.querySelector<Chat>('coze-chat');
  if (!chat) return;
  if (typeof call === 'function') return void (await call(chat));
  const [name, ...args] = call;
  const method = (chat as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>)[name];
  if (!method) return warn(`There is no ${name}().`);
  await method.apply(chat, args);
}

function warn(message: string): void {
  // eslint-disable-next-line no-console -- the page's author looks here first
  console.warn(`[coze-chat] ${message}`);
}
