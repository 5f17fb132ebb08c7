/** A chat session in a window of happy-dom, whose token endpoint responds at once for `backend.subject`. */
import { vi } from 'vitest';
import type { ChatOptions } from '../../../src/config/chat-options.js';
import type { ConfigInput } from '../../../src/config/config.js';
import { FRAME_BOOT_EVENT, type FrameSettings, type HostApi } from '../../../src/frame/contract.js';
import { type ChatSessionOptions, createChatSession } from '../../../src/session/chat-session.js';
import type { SessionNotification } from '../../../src/session/session-notification.js';
import { quietPage } from '../../support/quiet-page.js';
import { flushMicrotasks } from '../../support/virtual-time.js';
import { configInput } from '../config/config-input.js';

export const TOKEN_ENDPOINT = 'https://site.example/token';

export const rawConfig = (changes: Partial<ConfigInput> = {}): ConfigInput =>
  configInput({ tokenEndpoint: TOKEN_ENDPOINT, botId: '1', userId: 'alice', userName: 'Alice', ...changes });

export function summaryOf(notification: SessionNotification): string {
  if (notification.type === 'state-changed') return notification.state.status;
  if (notification.type === 'token-updated') return `token ${notification.update.phase}`;
  if (notification.type === 'identity-changed') return `identity ${notification.cause}`;
  return notification.type;
}

export function arrangeChatSession(options: Partial<ChatSessionOptions> = {}) {
  const backend: { subject: string | undefined } = { subject: 'alice' };
  const fetched: { url: string; body: unknown }[] = [];
  const received: SessionNotification[] = [];
  // happy-dom has no origin of a window.
  Object.defineProperty(window, 'origin', { value: window.location.origin, configurable: true });
  const container = document.body.appendChild(document.createElement('div'));
  vi.spyOn(window, 'fetch').mockImplementation((url, init) => {
    fetched.push({ url: url as string, body: JSON.parse(String(init?.body)) });
    const { subject } = backend;
    return Promise.resolve(Response.json({ access_token: `czs_${fetched.length}`, expires_in: 3600, subject }) as never);
  });
  const session = createChatSession(
    {
      container,
      assets: () => ({ folder: 'https://site.example/frame/', nonce: undefined }),
      title: () => 'Chat',
      notify: (notification) => received.push(notification) > 0,
      page: quietPage,
      ...options,
    },
    window as unknown as Window & typeof globalThis,
  );
  const iframes = (): HTMLIFrameElement[] => [...container.querySelectorAll('iframe')];
  return {
    session,
    backend,
    fetched,
    received,
    iframes,
    reported: () => received.map(summaryOf),
    reasons: () => fetched.map(({ body }) => (body as { reason: string }).reason),
    configure: async (changes: Partial<ConfigInput> = {}, chatOptions?: ChatOptions) => {
      session.configure(rawConfig(changes), chatOptions);
      await flushMicrotasks();
      const { state } = session.controller;
      return state.status === 'failed' ? state.problem : undefined;
    },
    /** The first step of the frame's script. */
    boot: (): { settings: FrameSettings; host: HostApi } => {
      const mounted: { settings: FrameSettings; host: HostApi }[] = [];
      const mount = (settings: FrameSettings, host: HostApi): void => void mounted.push({ settings, host });
      iframes()[0]?.dispatchEvent(new CustomEvent(FRAME_BOOT_EVENT, { detail: { mount } }));
      const [first] = mounted;
      if (first === undefined) throw new Error('No frame was mounted.');
      return first;
    },
    remove: () => {
      const draft = session.dispose();
      container.remove();
      return draft;
    },
  };
}
