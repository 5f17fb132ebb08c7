/**
 * The classic script for pages that were made for Coze's own client. A page loads it instead of the script on Coze's CDN; `new
 * CozeWebSDK.WebChatClient({…})` then creates a `<coze-chat>`. The `data-*` attributes of the script element are attributes of each chat, as
 * with `embed.js`. If no other source of tokens is named, the token endpoint is `token` beside this script, if that has the page's origin.
 */
import { loadElementForClassicScript } from '../load-element.js';
import { createWebChatClient, type WebChatClient, type WebChatClientClass } from './client.js';
import type { WebChatClientOptions } from './client-options.js';

export type { WebChatClient, WebChatClientClass, WebChatClientOptions };

/** The global object of Coze's script, with our client in it. */
export interface CozeWebSdk {
  /** See {@link WebChatClient}. */
  readonly WebChatClient: WebChatClientClass;
}

declare global {
  interface Window {
    CozeWebSDK?: CozeWebSdk;
  }
  const CozeWebSDK: CozeWebSdk;
}

/** Marks our class. A page may run its script again, and keeps its clients. */
const OURS = Symbol.for('coze-chat-embed:WebChatClient');

/** By its getter: an `<img name="currentScript">` before the script takes the place of the property. */
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
install(script?.src ? script : undefined);

function install(script: HTMLScriptElement | undefined): void {
  const present = window.CozeWebSDK;
  if (present !== undefined && OURS in (present.WebChatClient ?? {})) return;
  const WebChatClient = createWebChatClient({
    document,
    attributes: script === undefined ? {} : readAttributes(script),
    endpointBeside: script === undefined ? '' : findEndpointBeside(script.src),
    nonce: script?.nonce ?? '',
    random: Math.random,
    warn,
    // eslint-disable-next-line no-console -- as what is thrown and not caught
    reportError: (error) => console.error(error),
  });
  Object.defineProperty(WebChatClient, OURS, { value: true });
  window.CozeWebSDK = { ...present, WebChatClient };
  if (script === undefined)
    return warn('webchatclient.js does not know its address: load it by <script src> without type="module", or load define.js, too.');
  loadElementForClassicScript(script.src).catch((error: unknown) => warn(`webchatclient.js: ${String(error)}`));
}

function readAttributes({ attributes }: HTMLScriptElement): Record<string, string> {
  const written: Record<string, string> = {};
  for (const { name, value } of [...attributes]) if (name.indexOf('data-') === 0) written[name.slice('data-'.length)] = value;
  return written;
}

function findEndpointBeside(src: string): string {
  const { origin, href } = new URL('token', src);
  return origin === location.origin ? href : '';
}

function warn(message: string): void {
  // eslint-disable-next-line no-console -- the page's author looks here first
  console.warn(`[coze-chat] ${message}`);
}
