/** A host page in Chromium with a chat. Tokens come from a function, and the frame only contains a text field. */
import '../../../src/define.js';
import { onTestFinished, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CozeChatElement, GetToken, SessionStatus } from '../../../src/index.js';

export const token: GetToken = () => Promise.resolve({ access_token: 'czs_secret', expires_in: 3600 });
export const noToken: GetToken = () => new Promise(() => {});
export const nobody: GetToken = () => Promise.reject(Object.assign(new Error(), { name: 'UnauthorizedError' }));

export interface OpenOptions {
  readonly getToken?: GetToken;
  /** Light DOM of the chat. */
  readonly content?: string;
  /** Markup before the chat. */
  readonly before?: string;
  readonly styles?: string;
}

/** Resolves when the chat is on the page. An attribute that is `null` is left out. */
export async function openPage(
  attributes: Readonly<Record<string, string | null>> = {},
  { getToken = token, content = '', before = '', styles = '' }: OpenOptions = {},
): Promise<CozeChatElement> {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  document.documentElement.lang = 'en';
  document.title = 'A host’s page';
  document.body.innerHTML = `<style>${styles}</style><main><h1>A host’s page</h1>${before}</main>`;
  const chat = document.createElement('coze-chat');
  const frameSrc = new URL('./tiny-frame/', import.meta.url).pathname;
  for (const [name, value] of Object.entries({ 'bot-id': '1', 'frame-src': frameSrc, ...attributes })) {
    if (value !== null) chat.setAttribute(name, value);
  }
  chat.getToken = getToken;
  chat.innerHTML = content;
  document.body.append(chat);
  onTestFinished(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
    localStorage.clear();
    document.documentElement.removeAttribute('dir');
  });
  await chat.updateComplete;
  return chat;
}

export async function untilStatus(chat: CozeChatElement, status: SessionStatus): Promise<void> {
  await vi.waitUntil(() => chat.status === status, { interval: 10, timeout: 10_000 });
  await chat.updateComplete;
}

/** A bubble that the visitor has opened and whose chat is usable. */
export async function openBubble(
  attributes: Readonly<Record<string, string | null>> = {},
  options: OpenOptions = {},
): Promise<CozeChatElement> {
  const chat = await openPage(attributes, options);
  // A chat that was open on the previous page reopens by itself.
  if (!chat.open) await userEvent.click(part(chat, 'launcher'));
  await untilStatus(chat, 'ready');
  return chat;
}

/** Resolves when the panel's animation has ended. */
export async function untilStill(chat: CozeChatElement): Promise<void> {
  const animations = part(chat, 'panel').getAnimations();
  await Promise.all(animations.map(({ finished }) => finished));
}

export function part<T extends HTMLElement = HTMLElement>(chat: CozeChatElement, name: string): T {
  const found = chat.shadowRoot?.querySelector<T>(`[part=${name}]`);
  if (found == null) throw new Error(`There is no part "${name}".`);
  return found;
}

export const hasPart = (chat: CozeChatElement, name: string): boolean => chat.shadowRoot?.querySelector(`[part=${name}]`) !== null;

/** The focused element as the page sees it: the chat's part, or an element of the page. */
export function focused(chat: CozeChatElement): string {
  const inside = chat.shadowRoot?.activeElement;
  return inside ? (inside.getAttribute('part') ?? inside.className) : (document.activeElement?.id ?? '');
}

/** The text field in the frame. */
export function textField(chat: CozeChatElement): HTMLTextAreaElement {
  const field = part<HTMLIFrameElement>(chat, 'frame').contentDocument?.querySelector('textarea');
  if (field == null) throw new Error('The frame has no text field.');
  return field;
}
