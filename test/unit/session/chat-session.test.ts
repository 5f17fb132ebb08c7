// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatOptions } from '../../../src/config/chat-options.js';
import { ErrorCode } from '../../../src/core/errors.js';
import type { ChatApi, ChatMessage } from '../../../src/frame/contract.js';
import { strings as german } from '../../../src/locales/translations/de.js';
import type { GetToken } from '../../../src/token/request/token-requester.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks } from '../../support/virtual-time.js';
import { arrangeChatSession, rawConfig } from './arrange-chat-session.js';

let { session, backend, fetched, reported, iframes, configure, boot, remove }: ReturnType<typeof arrangeChatSession> = {} as never;

beforeEach(() => {
  ({ session, backend, fetched, reported, iframes, configure, boot, remove } = arrangeChatSession());
});
afterEach(() => {
  remove();
  vi.restoreAllMocks();
});

const turnPage = (type: 'pagehide' | 'pageshow'): boolean => window.dispatchEvent(Object.assign(new Event(type), { persisted: true }));

describe('a configured chat', () => {
  it('asks the endpoint for the visitor and builds a frame with what the SDK needs', async () => {
    expect(await configure()).toBeUndefined();
    expect(fetched).toEqual([{ url: 'https://site.example/token', body: { user_id: 'alice', reason: 'initial' } }]);
    const { settings, host } = boot();
    expect(settings).toEqual({
      target: { botId: '1' },
      connectorId: '999',
      pictureSources: expect.arrayContaining(['https://api.coze.cn', 'https://*.byteimg.com']) as unknown,
      apiBaseUrl: 'https://api.coze.cn',
      user: { id: 'alice', name: 'Alice', avatar: '' },
      locale: 'en',
      conversationId: '',
      strings: expect.any(Promise) as unknown,
      options: {},
    });
    expect(await host.getAccessToken()).toBe('czs_1');
    host.onReady(noControls);
    expect(reported()).toEqual(['authorizing', 'token requested', 'token issued', 'loading', 'ready']);
  });

  it('knows the visitor by what the backend says rather than by what the page says', async () => {
    backend.subject = 'fingerprint';
    await configure();
    expect(boot().settings.user.id).toBe('fingerprint');
  });

  it('claims no id for a visitor of whom neither says anything', async () => {
    backend.subject = undefined;
    await configure({ userId: '' });
    expect(boot().settings.user.id).toBe('');
  });

  it('says what is wrong and stops', async () => {
    await configure();
    const problem = await configure({ botId: '' });
    expect(problem).toMatchObject({ code: ErrorCode.InvalidConfiguration });
    expect([iframes(), reported().at(-1)]).toEqual([[], 'failed']);
  });

  it('starts again when it is put right', async () => {
    await configure({ botId: '' });
    await configure();
    expect(iframes()).toHaveLength(1);
  });

  describe('whose token is on its way', () => {
    let answer: (response: Response) => void;
    beforeEach(async () => {
      vi.mocked(window.fetch).mockReturnValueOnce(new Promise<Response>((resolve) => (answer = resolve)) as never);
      await configure();
    });

    it('loads its code, and belongs to nobody until then', async () => {
      const [prepared] = iframes();
      expect(boot).toThrow('No frame was mounted.');
      answer(Response.json({ access_token: 'czs_1', expires_in: 3600, subject: backend.subject }));
      await flushMicrotasks();
      expect([iframes().length, iframes()[0] === prepared, boot().settings.user.id]).toEqual([1, true, 'alice']);
    });

    it('is prepared anew when its language changes', async () => {
      await configure({ locale: 'ar' });
      answer(Response.json({ access_token: 'czs_1', expires_in: 3600, subject: backend.subject }));
      await flushMicrotasks();
      expect([iframes().length, iframes()[0]?.srcdoc.includes('dir="rtl"')]).toEqual([1, true]);
    });

    it('leaves nothing prepared when nobody is signed in', async () => {
      expect(iframes()).toHaveLength(1);
      answer(Response.json({ error: 'signed_out' }, { status: 401 }));
      await flushMicrotasks();
      expect([reported().includes('signed-out'), iframes()]).toEqual([true, []]);
    });
  });

  it('that failed without a network begins anew as soon as there is one', async () => {
    await configure();
    const onLine = vi.spyOn(window.navigator, 'onLine', 'get').mockReturnValue(false);
    const [broken] = iframes();
    boot().host.onFailed({ code: ErrorCode.ChatFailed, message: 'broken', retryable: true });
    onLine.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    expect([iframes().length, iframes()[0] === broken, reported().at(-1)]).toEqual([1, false, 'loading']);
  });

  it('is not touched by being configured the same', async () => {
    await configure();
    const [iframe] = iframes();
    await configure();
    expect([iframes()[0] === iframe, fetched.length]).toEqual([true, 1]);
  });

  it('is told other options and stays; while it starts, or where they are read once, it is built anew', async () => {
    const received: ChatOptions[] = [];
    await configure({}, { upload: false });
    const [first] = iframes();
    await configure({}, { upload: true });
    const [second] = iframes();
    expect(second).not.toBe(first);
    const { settings, host } = boot();
    expect(settings.options).toEqual({ upload: true });
    host.onReady({ ...noControls, configure: (options) => void received.push(options) });
    await configure({}, { upload: true });
    await configure({}, { upload: false });
    expect([received, iframes()[0] === second]).toEqual([[{ upload: false }], true]);
    await configure({}, { upload: false, conversationName: 'Sales' });
    await configure({}, { upload: false, conversationName: 'Sales', requestHeaders: { 'x-a': 'b' } });
    expect([received.length, iframes()[0] === second, fetched.length]).toEqual([1, false, 1]);
    expect(boot().settings.options.requestHeaders).toEqual({ 'x-a': 'b' });
  });

  it('is built anew with another language or name, without another token', async () => {
    await configure();
    const [iframe] = iframes();
    await configure({ locale: 'zh' });
    expect([iframes()[0] === iframe, iframes().length, fetched.length]).toEqual([false, 1, 1]);
  });

  it('sends the proof of identity as it is at each request', async () => {
    await configure({ identityToken: 'a.b.c' });
    await configure({ identityToken: 'a.b.d' });
    await session.controller.refreshToken();
    expect(fetched.map(({ body }) => body)).toMatchObject([{ identity_token: 'a.b.c' }, { identity_token: 'a.b.d', reason: 'manual' }]);
    expect(iframes()).toHaveLength(1);
  });

  it('does not ask the same function again, when it is configured the same.', async () => {
    const getToken = vi.fn<GetToken>(() => Promise.resolve({ token: 'czs_1', subject: 'alice' }));
    await configure({ getToken });
    await configure({ getToken });
    expect([getToken.mock.calls.length, session.controller.proof?.isDoubted]).toEqual([1, false]);
  });

  it('asks the function as it is at each request', async () => {
    const calls: string[] = [];
    const named =
      (name: string): GetToken =>
      ({ userId }) => {
        calls.push(`${name} ${userId}`);
        return Promise.resolve({ token: `czs_${name}`, subject: 'alice' });
      };
    await configure({ getToken: named('first') });
    await configure({ getToken: named('second') });
    await session.controller.refreshToken();
    expect([calls, fetched, iframes().length]).toEqual([['first alice', 'second alice', 'second alice'], [], 1]);
  });
});

describe('what a page wants done', () => {
  const answer: ChatMessage = { role: 'assistant', text: 'You said: hello', id: '1' };
  const send = vi.fn<ChatApi['send']>();
  const clear = vi.fn<ChatApi['clear']>();
  beforeEach(async () => {
    await configure();
    boot().host.onReady({ ...noControls, send, clear });
  });

  it('resolves with the answer', async () => {
    send.mockResolvedValue(answer);
    expect([await session.controller.commands.send('hello'), send.mock.lastCall]).toEqual([answer, ['hello']]);
    clear.mockResolvedValue(true);
    expect([await session.controller.commands.clear(), clear.mock.calls.length]).toEqual([undefined, 1]);
  });

  it('rejects what the page would not have sent', async () => {
    send.mockResolvedValue('not-sent');
    const message =
      'The message was not sent: a listener of coze-before-send refused it, the chat is read-only, or nobody could say whose chat it is.';
    await expect(session.controller.commands.send('hello')).rejects.toMatchObject({ code: 'not_sent', retryable: false, message });
  });

  it.each([[''], [' \n'], [undefined]])('rejects %j, and sends nothing', async (text) => {
    send.mockClear();
    const error = { name: 'CozeChatError', code: 'not_sent', message: 'The message has no text.' };
    await expect(session.controller.commands.send(text as string)).rejects.toMatchObject(error);
    expect(send).not.toHaveBeenCalled();
  });

  it('rejects where there is no answer', async () => {
    send.mockResolvedValue('unanswered');
    const chatFailed = { code: 'chat_failed', retryable: true };
    await expect(session.controller.commands.send('hello')).rejects.toMatchObject({
      ...chatFailed,
      message: 'The message was not answered.',
    });
    clear.mockResolvedValue(false);
    await expect(session.controller.commands.clear()).rejects.toMatchObject({
      ...chatFailed,
      message: 'No new conversation could be begun.',
    });
  });
});

it('a chat speaks its language, with the page’s own words', async () => {
  await configure({ locale: 'de', strings: { retry: 'Nochmal' } });
  expect(await boot().settings.strings).toMatchObject({ retry: 'Nochmal', closeChat: german.closeChat });
});

describe('a chat that is only to be ready', () => {
  it('has its code loaded, and no token asked for', async () => {
    session.preload(rawConfig());
    const [prepared] = iframes();
    expect([prepared === undefined, fetched]).toEqual([false, []]);
    await configure();
    expect([iframes().length, iframes()[0] === prepared]).toEqual([1, true]);
  });

  it('has nothing loaded when it is not configured, and leaves nothing behind', () => {
    session.preload(rawConfig({ botId: '' }));
    expect(iframes()).toEqual([]);
    session.preload(rawConfig());
    session.dispose();
    expect(iframes()).toEqual([]);
  });
});

describe('another visitor', () => {
  it('by attribute: the former chat is gone before anything else happens', async () => {
    await configure();
    const { host } = boot();
    const [former] = iframes();
    backend.subject = 'bob';
    session.configure(rawConfig({ userId: 'bob' }));
    expect(iframes()).not.toContain(former);
    await flushMicrotasks();
    expect(await host.getAccessToken()).toBe('');
    expect(fetched.at(-1)?.body).toMatchObject({ user_id: 'bob', reason: 'initial' });
    expect([iframes().length, reported().includes('identity configured')]).toEqual([1, true]);
  });

  it('by the backend’s word', async () => {
    await configure();
    backend.subject = 'bob';
    await session.controller.refreshToken();
    expect(reported()).toContain('identity detected');
    await flushMicrotasks();
    expect(boot().settings.user.id).toBe('bob');
  });

  it('by log-out: nothing is left, and nothing comes back by itself', async () => {
    await configure();
    session.controller.signOut();
    expect([iframes(), reported().slice(-2)]).toEqual([[], ['signed-out', 'identity signed-out']]);
    await configure();
    document.dispatchEvent(new Event('visibilitychange'));
    turnPage('pagehide');
    turnPage('pageshow');
    await flushMicrotasks();
    expect([iframes(), fetched.length]).toEqual([[], 1]);
    session.controller.reauthorize();
    await flushMicrotasks();
    expect(iframes()).toHaveLength(1);
  });

  it('in another tab', async () => {
    await configure();
    backend.subject = 'bob';
    const otherTab = new BroadcastChannel('coze-chat-embed:identity');
    otherTab.postMessage({ scope: 'https://site.example/token', subject: 'bob' });
    await vi.waitFor(() => expect(reported()).toContain('identity detected'));
    otherTab.close();
  });
});

describe('a page that is left', () => {
  it('takes the chat off the screen, and asks whose it is when it comes back', async () => {
    await configure();
    turnPage('pagehide');
    expect(iframes()).toEqual([]);
    await flushMicrotasks();
    expect(fetched).toHaveLength(1);
    backend.subject = 'bob';
    turnPage('pageshow');
    await flushMicrotasks();
    expect(boot().settings.user.id).toBe('bob');
  });

  it('does not listen to other tabs', async () => {
    await configure();
    turnPage('pagehide');
    const otherTab = new BroadcastChannel('coze-chat-embed:identity');
    const received: unknown[] = [];
    otherTab.onmessage = ({ data }) => received.push(data);
    turnPage('pageshow');
    await vi.waitFor(() => expect(received).toEqual([{ scope: 'https://site.example/token', subject: 'alice' }]));
    otherTab.close();
  });
});

it('a chat that was disposed of hears nothing more', async () => {
  await configure();
  session.dispose();
  const { length } = reported();
  document.dispatchEvent(new Event('visibilitychange'));
  turnPage('pagehide');
  turnPage('pageshow');
  await flushMicrotasks();
  expect([iframes(), reported().length, fetched.length]).toEqual([[], length, 1]);
});

it('a chat that was stopped starts when it is configured again', async () => {
  await configure();
  session.controller.stop();
  expect(iframes()).toEqual([]);
  await configure();
  expect(iframes()).toHaveLength(1);
});

it('no token is anywhere in the page', async () => {
  await configure();
  boot();
  expect(document.documentElement.outerHTML).not.toContain('czs_');
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('czs_');
});
