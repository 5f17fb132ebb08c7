// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://shop.example/", "settings": { "handleDisabledFileLoadingAsSuccess": true } }
/** What a chat session takes from its page and does to it: the early request, locks, focus, pictures, conversations and drafts. */
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ChatOptions } from '../../../src/config/chat-options.js';
import type { ConfigInput } from '../../../src/config/config.js';
import { pictureSources } from '../../../src/core/address.js';
import { succeed } from '../../../src/core/result.js';
import type { ChatApi, Draft } from '../../../src/frame/contract.js';
import type { ChatSessionOptions } from '../../../src/session/chat-session.js';
import { toFirstPost } from '../../../src/session/early-request.js';
import { KeptDraft, NO_DRAFT } from '../../../src/session/kept-draft.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks } from '../../support/virtual-time.js';
import { arrangeChatSession, rawConfig, TOKEN_ENDPOINT } from './arrange-chat-session.js';

afterEach(() => void vi.restoreAllMocks());

function arrange(options?: Partial<ChatSessionOptions>) {
  const chat = arrangeChatSession(options);
  onTestFinished(() => void chat.remove());
  return chat;
}

function become(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

it('A chat on a page that is rendered before a visit requests no token until the page is shown', async () => {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(document, 'prerendering'));
  const chat = arrange();
  await chat.configure();
  await chat.configure({ userName: 'Alice Liddell' });
  expect([chat.reasons(), chat.iframes()]).toEqual([[], []]);
  Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
  document.dispatchEvent(new Event('prerenderingchange'));
  await flushMicrotasks();
  expect(chat.reasons()).toEqual(['initial']);
});

describe('A token request that was sent early', () => {
  function arrangeEarly(response = Response.json({ access_token: 'czs_early', expires_in: 3600, subject: 'alice' })) {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const abort = vi.fn();
    const sent = JSON.stringify(toFirstPost(rawConfig(), TOKEN_ENDPOINT));
    const sentAt = { wallMs: Date.now(), monotonicMs: performance.now() };
    const early = { sent, sentAt, response: Promise.resolve(response), abort, take: () => true };
    return { abort, chat: arrange({ takeEarlyRequest: () => early }) };
  }

  it('An early request is used as the first one if it equals the request that the session would send', async () => {
    const { abort, chat } = arrangeEarly();
    await chat.configure();
    expect([await chat.boot().host.getAccessToken(), chat.fetched]).toEqual(['czs_early', []]);
    await chat.session.controller.refreshToken();
    expect([chat.reasons(), abort.mock.calls.length]).toEqual([['manual'], 0]);
  });

  it.each<Partial<ConfigInput>>([{ userId: 'bob' }, { tokenEndpoint: '/token' }, { credentials: 'include' }])(
    'An early request is aborted if the session sends a different one: %j',
    async (changes) => {
      const { abort, chat } = arrangeEarly();
      await chat.configure(changes);
      expect([await chat.boot().host.getAccessToken(), chat.reasons()]).toEqual(['czs_1', ['initial']]);
      expect(abort).toHaveBeenCalledOnce();
    },
  );

  it('An early request that fails is not used a second time', async () => {
    const { chat } = arrangeEarly(Response.json({}, { status: 503 }));
    await chat.configure();
    await vi.waitFor(() => expect(chat.reported()).toEqual(['authorizing', 'token requested', 'token failed']));
    chat.session.controller.retryNow();
    await flushMicrotasks();
    expect([await chat.boot().host.getAccessToken(), chat.reasons()]).toEqual(['czs_1', ['initial']]);
  });

  it('refreshToken() sends a request of its own and does not use the early one', async () => {
    const { chat } = arrangeEarly();
    become('hidden');
    await chat.configure();
    expect(chat.fetched).toEqual([]);
    await chat.session.controller.refreshToken();
    expect([await chat.boot().host.getAccessToken(), chat.reasons()]).toEqual(['czs_1', ['manual']]);
  });
});

describe('The first token request', () => {
  const request = vi.fn((_name: string, _options: LockOptions, send: () => Promise<unknown>) => send());
  function stubLocks(): void {
    request.mockClear();
    Object.defineProperty(window.navigator, 'locks', { value: { request }, configurable: true });
    onTestFinished(() => void Reflect.deleteProperty(window.navigator, 'locks'));
  }

  it('The first token request waits for those of other chats that use the same cookies', async () => {
    stubLocks();
    const { configure, reasons } = arrange();
    await configure();
    expect(request.mock.calls.map(([name]) => name)).toEqual([`coze-chat-embed:first-request:${TOKEN_ENDPOINT}`]);
    expect(reasons()).toEqual(['initial']);
  });

  it('The first token request waits for no other chat if no cookie identifies the visitor', async () => {
    stubLocks();
    const { configure, reasons } = arrange();
    await configure({ identityToken: 'a.b.c' });
    expect([request.mock.calls, reasons()]).toEqual([[], ['initial']]);
  });
});

describe('Confirmation of the visitor', () => {
  const arrangeAged = async (changes: Partial<ConfigInput>) => {
    const chat = arrange();
    await chat.configure(changes);
    const { host } = chat.boot();
    const nowMs = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(nowMs + 60_000);
    return { chat, isConfirmed: await host.confirmVisitor() };
  };

  it('confirmVisitor() asks the backend again after a minute', async () => {
    const { chat, isConfirmed } = await arrangeAged({});
    expect([isConfirmed, chat.reasons()]).toEqual([true, ['initial', 'verify']]);
  });

  it('confirmVisitor() asks no backend where the identity token alone decides who the visitor is', async () => {
    const { chat, isConfirmed } = await arrangeAged({ userId: '', identityToken: 'a.b.c' });
    expect([isConfirmed, chat.reasons()]).toEqual([true, ['initial']]);
  });
});

describe('The window’s focus', () => {
  const isUndisturbed = ({ session }: ReturnType<typeof arrange>): boolean | undefined => session.controller.proof?.isUndisturbed;

  it('A page that opens in the background has no focus from the start', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const chat = arrange();
    await chat.configure();
    expect(isUndisturbed(chat)).toBe(false);
  });

  it.each<[string, (chat: ReturnType<typeof arrange>, hasFocus: boolean) => void]>([
    ['page', (_, hasFocus) => window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'))],
    ['frame', (chat, hasFocus) => chat.boot().host.onFocus(hasFocus)],
  ])('A focus that leaves the %s and returns puts the visitor in doubt until the next response', async (_, move) => {
    const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const chat = arrange();
    await chat.configure();
    expect(isUndisturbed(chat)).toBe(true);
    hasFocus.mockReturnValue(false);
    move(chat, false);
    await vi.waitFor(() => expect(isUndisturbed(chat)).toBe(false));
    await chat.session.controller.refreshToken();
    expect(isUndisturbed(chat)).toBe(false);
    move(chat, true);
    await chat.session.controller.refreshToken();
    expect(isUndisturbed(chat)).toBe(true);
  });
});

describe('A page that becomes visible', () => {
  it('A page that becomes visible requests a token for a visitor who was signed out', async () => {
    const chat = arrange();
    vi.mocked(window.fetch).mockResolvedValueOnce(Response.json({ error: 'signed_out' }, { status: 401 }) as never);
    await chat.configure();
    expect(chat.reported().at(-1)).toBe('signed-out');
    become('visible');
    await flushMicrotasks();
    expect([chat.reasons(), chat.iframes().length]).toEqual([['manual'], 1]);
  });
});

describe('The channel to other tabs', () => {
  it('The channel to other tabs is closed while the page is left, and when the chat is disposed', async () => {
    const close = vi.spyOn(BroadcastChannel.prototype, 'close');
    const chat = arrange();
    await chat.configure();
    window.dispatchEvent(new Event('pagehide'));
    expect(close).toHaveBeenCalledTimes(1);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    chat.session.dispose();
    expect(close).toHaveBeenCalledTimes(2);
  });
});

describe('The frame', () => {
  const policyOf = (chat: ReturnType<typeof arrange>): readonly string[] =>
    /img-src ([^;"]*)/.exec(chat.iframes()[0]?.srcdoc ?? '')?.[1]?.split(' ') ?? [];

  it('The frame has the title of the chat, also after a change', async () => {
    const chat = arrange();
    await chat.configure();
    expect(chat.iframes()[0]?.title).toBe('Chat');
    chat.session.controller.setTitle('Help');
    expect(chat.iframes()[0]?.title).toBe('Help');
  });

  it('The frame may load pictures that the page names: other origins by origin, those of the page by address', async () => {
    const chat = arrange();
    await chat.configure();
    const ofEveryone = policyOf(chat);
    expect(chat.boot().settings.pictureSources).toEqual(pictureSources('https://api.coze.cn', [], 'https://shop.example'));
    expect(ofEveryone).toContain('https://api.coze.cn');
    const options: ChatOptions = {
      assistant: { icon: 'https://pics.example/bot.png?v=2' },
      background: { image: 'https://shop.example/bg.png' },
    };
    await chat.configure({ userAvatar: '/alice.png?v=3' }, options);
    expect(policyOf(chat)).toEqual([
      ...ofEveryone,
      'https://shop.example/alice.png',
      'https://pics.example',
      'https://shop.example/bg.png',
    ]);
    expect(chat.boot().settings.user.avatar).toBe('https://shop.example/alice.png?v=3');
  });

  it('The frame may load pictures from the hosts in the attribute and in the options of the page', async () => {
    const chat = arrange();
    await chat.configure({ pictureHosts: 'one.example' }, { pictureHosts: ['https://two.example'] });
    const hosts = ['https://one.example', 'https://two.example'];
    expect(policyOf(chat).slice(-2)).toEqual(hosts);
    expect(chat.boot().settings.pictureSources.slice(-2)).toEqual(hosts);
  });

  it('The frame stays for another picture of the same origin, and is rebuilt for one of another origin', async () => {
    const chat = arrange();
    const received: ChatOptions[] = [];
    const configureIcon = (icon: string) => chat.configure({}, { assistant: { icon } });
    await configureIcon('https://pics.example/1.png');
    const [iframe] = chat.iframes();
    chat.boot().host.onReady({ ...noControls, configure: (options) => void received.push(options) });
    await configureIcon('https://pics.example/2.png');
    expect([chat.iframes()[0] === iframe, received]).toEqual([true, [{ assistant: { icon: 'https://pics.example/2.png' } }]]);
    await configureIcon('https://elsewhere.example/2.png');
    expect([chat.iframes().length, chat.iframes()[0] === iframe, received.length]).toEqual([1, false, 1]);
  });

  it('A frame that the policy of the page forbids is a failure once there is a token', async () => {
    const container = document.createElement('div');
    vi.spyOn(container, 'append').mockImplementation(() => {
      throw new TypeError('trusted types');
    });
    const chat = arrange({ container });
    const problem = await chat.configure();
    expect(problem).toMatchObject({ code: 'frame_unavailable', message: expect.stringContaining('trusted-types') as unknown });
    expect(chat.reported()).toEqual(['authorizing', 'token requested', 'token issued', 'loading', 'failed']);
  });

  it('A former frame gets no early responses', async () => {
    const chat = arrange();
    await chat.configure();
    const { takeResponse } = chat.boot().host;
    chat.session.controller.recreateFrame();
    expect(takeResponse?.('GET', 'https://api.coze.cn/v1/bots/1', undefined)).toBeUndefined();
  });
});

describe('The conversation', () => {
  async function arrangeOpened(changes: Partial<ConfigInput> = {}, options?: ChatOptions) {
    const chat = arrange();
    const commands: unknown[][] = [];
    const conversations = ((...command: unknown[]) => {
      commands.push(command);
      return Promise.resolve(succeed(undefined));
    }) as ChatApi['conversations'];
    await chat.configure(changes, options);
    const { settings, host } = chat.boot();
    host.onReady({ ...noControls, conversations });
    return { chat, commands, settings, host };
  }

  it('A conversation that the page names is opened at the start, and a later one in the same frame', async () => {
    const { chat, commands, settings } = await arrangeOpened({ conversationId: '5' });
    expect([settings.conversationId, commands]).toEqual(['5', []]);
    const [iframe] = chat.iframes();
    await chat.configure({ conversationId: '6' });
    expect([commands, chat.iframes()[0] === iframe]).toEqual([[['open', '6']], true]);
    await chat.configure({ conversationId: '6' });
    expect(commands).toHaveLength(1);
  });

  it('A conversation that the page names for another visitor is opened in the chat of that visitor only', async () => {
    const { chat, commands } = await arrangeOpened({ conversationId: '5' });
    chat.backend.subject = 'bob';
    await chat.configure({ userId: 'bob', conversationId: '6' });
    expect([commands, chat.boot().settings.conversationId]).toEqual([[], '6']);
  });

  it('A conversation that the visitor has opened is opened in the next frame, until the page names another', async () => {
    const { chat, host } = await arrangeOpened({ conversationId: '5' });
    host.onEvent({ type: 'conversation', id: '9', isNewest: false });
    await chat.configure({ conversationId: '5', locale: 'de' });
    expect(chat.boot().settings.conversationId).toBe('9');
    await chat.configure({ conversationId: '6', locale: 'de' });
    await chat.configure({ conversationId: '6', locale: 'en' });
    expect(chat.boot().settings.conversationId).toBe('6');
  });

  it('A conversation that the visitor has opened is left when conversationName changes', async () => {
    const { chat, host } = await arrangeOpened({}, { conversationName: 'Sales' });
    host.onEvent({ type: 'conversation', id: '9', isNewest: false });
    await chat.configure({}, { conversationName: 'Sales', requestHeaders: { 'x-a': 'b' } });
    expect(chat.boot().settings.conversationId).toBe('9');
    await chat.configure({}, { conversationName: 'Support', requestHeaders: { 'x-a': 'b' } });
    expect(chat.boot().settings.conversationId).toBe('');
  });
});

describe('A draft', () => {
  const written: Draft = { text: 'half a question', unsent: undefined, hasFocus: true };

  it('A draft is passed to the next chat of the same element, for the same visitor only', async () => {
    const first = arrange();
    await first.configure();
    first.boot().host.onDraft(written);
    const draft = first.remove();
    const second = arrange({ draft });
    await second.configure();
    expect(second.boot().host.draft()).toEqual(written);
    second.backend.subject = 'bob';
    await second.session.controller.refreshToken();
    await flushMicrotasks();
    expect(second.boot().host.draft()).toEqual(NO_DRAFT);
  });

  it('The first chat of an element has no draft', () => {
    expect(arrange().remove()).toEqual(new KeptDraft());
  });
});
