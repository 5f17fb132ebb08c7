/** A host page with one chat and a token endpoint whose responses the test sets; the test plays the frame's script. */
import '../../../src/define.js';
// Loaded beforehand, so that the element's own import() resolves at once.
import '../../../src/element/chat/chat-controller.js';
import '../../../src/locales/translations/zh-CN.js';
import { onTestFinished, vi } from 'vitest';
import { FRAME_BOOT_EVENT, type FrameSettings, type HostApi } from '../../../src/frame/contract.js';
import type { CozeChatElement } from '../../../src/index.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks } from '../../support/virtual-time.js';

// Every browser has this property, happy-dom does not.
Object.assign(window, { origin: location.origin });

/** The endpoint's responses, from the first request on; the last one repeats. */
export type TokenAnswer = () => Response | Promise<Response>;

export const token: TokenAnswer = () => Response.json({ access_token: 'czs_secret', expires_in: 3600, subject: 'alice' });
export const rejection =
  (status: number, body?: object): TokenAnswer =>
  () =>
    body === undefined ? new Response(null, { status }) : Response.json(body, { status });
export const silence: TokenAnswer = () => new Promise(() => {});

const events = [
  'coze-ready',
  'coze-before-show',
  'coze-show',
  'coze-before-hide',
  'coze-hide',
  'coze-message',
  'coze-unread',
  'coze-token',
  'coze-identity-change',
  'coze-error',
] as const;

export interface ChatPage {
  readonly chat: CozeChatElement;
  /** Types of the events that reached the document. */
  readonly reported: string[];
  /** Bodies of the token requests. */
  readonly requests: unknown[];
  readonly warnings: string[];
  /** Sets the response to the next requests. */
  answer(answer: TokenAnswer): void;
  /** Afterwards everything has happened that only waits for promises. */
  settle(): Promise<void>;
}

const wellConfigured = { 'token-endpoint': '/token', 'bot-id': '1', locale: 'en' };

/** Resolves when the chat is on the page. An attribute that is `null` is left out. */
export async function openPage(attributes: Readonly<Record<string, string | null>> = {}, answer: TokenAnswer = token): Promise<ChatPage> {
  const chat = document.createElement('coze-chat');
  for (const [name, value] of Object.entries({ ...wellConfigured, ...attributes })) {
    if (value !== null) chat.setAttribute(name, value);
  }
  const page = watchPage(chat, answer);
  document.body.append(chat);
  await page.settle();
  return page;
}

/** The same for an element that the test creates and appends itself. */
export function watchPage(chat: CozeChatElement, firstAnswer: TokenAnswer = token): ChatPage {
  let answer = firstAnswer;
  const reported: string[] = [];
  const requests: unknown[] = [];
  const warnings: string[] = [];
  vi.spyOn(window, 'fetch').mockImplementation((_, init) => {
    requests.push(JSON.parse(String(init?.body)));
    return Promise.resolve(answer()) as never;
  });
  vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
  const listen = ({ type }: Event): void => void reported.push(type);
  for (const type of events) document.addEventListener(type, listen);
  onTestFinished(async () => {
    chat.remove();
    await settle();
    for (const type of events) document.removeEventListener(type, listen);
    vi.restoreAllMocks();
    sessionStorage.clear();
  });
  return { chat, reported, requests, warnings, settle, answer: (next) => (answer = next) };
}

async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await flushMicrotasks();
}

export function within<T extends Element = HTMLElement>(chat: CozeChatElement, selector: string): T | null {
  return chat.shadowRoot?.querySelector<T>(selector) ?? null;
}

export const frameOf = (chat: CozeChatElement): HTMLIFrameElement | null => within<HTMLIFrameElement>(chat, 'iframe');

/** The visible text in the panel instead of the chat. */
export function statusText(chat: CozeChatElement): string {
  const status = within(chat, '.status');
  return status === null || status.hidden ? '' : (status.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Plays the frame's script: takes the settings and the host that the page passes to it. */
export function bootFrame(chat: CozeChatElement): { readonly settings: FrameSettings; readonly host: HostApi } {
  let received: { settings: FrameSettings; host: HostApi } | undefined;
  const detail = { mount: (settings: FrameSettings, host: HostApi) => void (received = { settings, host }) };
  frameOf(chat)?.dispatchEvent(new CustomEvent(FRAME_BOOT_EVENT, { detail }));
  if (received === undefined) throw new Error('There is no chat frame to boot.');
  return received;
}

/** A page whose chat is usable. */
export async function openReadyPage(attributes: Readonly<Record<string, string | null>> = {}): Promise<ChatPage & { host: HostApi }> {
  const page = await openPage({ mode: 'inline', ...attributes });
  const { host } = bootFrame(page.chat);
  host.onReady(noControls);
  await page.settle();
  return { ...page, host };
}
