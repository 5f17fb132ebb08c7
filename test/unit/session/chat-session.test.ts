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

describe('Configured chat', () => {
  it('A configured chat requests a token for the visitor and builds a frame with the settings of the SDK', async () => {
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

  it('The id of the visitor is the subject of the backend, even if the page names another id', async () => {
    backend.subject = 'fingerprint';
    await configure();
    expect(boot().settings.user.id).toBe('fingerprint');
  });

  it('The id of the visitor is empty if neither the backend nor the page names one', async () => {
    backend.subject = undefined;
    await configure({ userId: '' });
    expect(boot().settings.user.id).toBe('');
  });

  it('A chat with a wrong configuration reports the problem and stops', async () => {
    await configure();
    const problem = await configure({ botId: '' });
    expect(problem).toMatchObject({ code: ErrorCode.InvalidConfiguration });
    expect([iframes(), reported().at(-1)]).toEqual([[], 'failed']);
  });

  it('A chat starts once its configuration is corrected', async () => {
    await configure({ botId: '' });
    await configure();
    expect(iframes()).toHaveLength(1);
  });

  describe('Prepared frame during the token request', () => {
    let answer: (response: Response) => void;
    beforeEach(async () => {
      vi.mocked(window.fetch).mockReturnValueOnce(new Promise<Response>((resolve) => (answer = resolve)) as never);
      await configure();
    });

    it('A prepared frame loads its code, and gets a visitor only with the token', async () => {
      const [prepared] = iframes();
      expect(boot).toThrow('No frame was mounted.');
      answer(Response.json({ access_token: 'czs_1', expires_in: 3600, subject: backend.subject }));
      await flushMicrotasks();
      expect([iframes().length, iframes()[0] === prepared, boot().settings.user.id]).toEqual([1, true, 'alice']);
    });

    it('A prepared frame is rebuilt when the language changes', async () => {
      await configure({ locale: 'ar' });
      answer(Response.json({ access_token: 'czs_1', expires_in: 3600, subject: backend.subject }));
      await flushMicrotasks();
      expect([iframes().length, iframes()[0]?.srcdoc.includes('dir="rtl"')]).toEqual([1, true]);
    });

    it('A prepared frame is removed when the visitor is signed out', async () => {
      expect(iframes()).toHaveLength(1);
      answer(Response.json({ error: 'signed_out' }, { status: 401 }));
      await flushMicrotasks();
      expect([reported().includes('signed-out'), iframes()]).toEqual([true, []]);
    });
  });

  it('A chat that failed without a network starts anew when the network is back', async () => {
    await configure();
    const onLine = vi.spyOn(window.navigator, 'onLine', 'get').mockReturnValue(false);
    const [broken] = iframes();
    boot().host.onFailed({ code: ErrorCode.ChatFailed, message: 'broken', retryable: true });
    onLine.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    expect([iframes().length, iframes()[0] === broken, reported().at(-1)]).toEqual([1, false, 'loading']);
  });

  it('A chat is not touched by an identical configuration', async () => {
    await configure();
    const [iframe] = iframes();
    await configure();
    expect([iframes()[0] === iframe, fetched.length]).toEqual([true, 1]);
  });

  it('A running chat takes new options; a starting one, or one with an option that is read once, is rebuilt', async () => {
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

  it('A change of the language rebuilds the frame without another token', async () => {
    await configure();
    const [iframe] = iframes();
    await configure({ locale: 'zh' });
    expect([iframes()[0] === iframe, iframes().length, fetched.length]).toEqual([false, 1, 1]);
  });

  it('Each token request sends the identity token of that moment', async () => {
    await configure({ identityToken: 'a.b.c' });
    await configure({ identityToken: 'a.b.d' });
    await session.controller.refreshToken();
    expect(fetched.map(({ body }) => body)).toMatchObject([{ identity_token: 'a.b.c' }, { identity_token: 'a.b.d', reason: 'manual' }]);
    expect(iframes()).toHaveLength(1);
  });

  it('An identical configuration does not call getToken again', async () => {
    const getToken = vi.fn<GetToken>(() => Promise.resolve({ token: 'czs_1', subject: 'alice' }));
    await configure({ getToken });
    await configure({ getToken });
    expect([getToken.mock.calls.length, session.controller.proof?.isDoubted]).toEqual([1, false]);
  });

  it('Each token request calls the getToken function of that moment', async () => {
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

describe('Commands of the page', () => {
  const answer: ChatMessage = { role: 'assistant', text: 'You said: hello', id: '1' };
  const send = vi.fn<ChatApi['send']>();
  const clear = vi.fn<ChatApi['clear']>();
  beforeEach(async () => {
    await configure();
    boot().host.onReady({ ...noControls, send, clear });
  });

  it('send() and clear() resolve with the result of the chat', async () => {
    send.mockResolvedValue(answer);
    expect([await session.controller.commands.send('hello'), send.mock.lastCall]).toEqual([answer, ['hello']]);
    clear.mockResolvedValue(true);
    expect([await session.controller.commands.clear(), clear.mock.calls.length]).toEqual([undefined, 1]);
  });

  it('send() rejects with not_sent when the chat did not send the message', async () => {
    send.mockResolvedValue('not-sent');
    const message =
      'The message was not sent: a listener of coze-before-send refused it, the chat is read-only, or nobody could say whose chat it is.';
    await expect(session.controller.commands.send('hello')).rejects.toMatchObject({ code: 'not_sent', retryable: false, message });
  });

  it.each([[''], [' \n'], [undefined]])('send() rejects %j, and sends nothing', async (text) => {
    send.mockClear();
    const error = { name: 'CozeChatError', code: 'not_sent', message: 'The message has no text.' };
    await expect(session.controller.commands.send(text as string)).rejects.toMatchObject(error);
    expect(send).not.toHaveBeenCalled();
  });

  it('send() and clear() reject with chat_failed when the chat could not carry them out', async () => {
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

it('A chat has the strings of its language, and those that the page replaces', async () => {
  await configure({ locale: 'de', strings: { retry: 'Nochmal' } });
  expect(await boot().settings.strings).toMatchObject({ retry: 'Nochmal', closeChat: german.closeChat });
});

describe('Preloaded chat', () => {
  it('preload() loads the code of the frame without a token request, and the chat uses that frame', async () => {
    session.preload(rawConfig());
    const [prepared] = iframes();
    expect([prepared === undefined, fetched]).toEqual([false, []]);
    await configure();
    expect([iframes().length, iframes()[0] === prepared]).toEqual([1, true]);
  });

  it('preload() loads nothing for a wrong configuration, and dispose() removes what it has loaded', () => {
    session.preload(rawConfig({ botId: '' }));
    expect(iframes()).toEqual([]);
    session.preload(rawConfig());
    session.dispose();
    expect(iframes()).toEqual([]);
  });
});

describe('Another visitor', () => {
  it('A change of the user id removes the former chat before the call returns', async () => {
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

  it('A token for another subject starts a chat for that visitor', async () => {
    await configure();
    backend.subject = 'bob';
    await session.controller.refreshToken();
    expect(reported()).toContain('identity detected');
    await flushMicrotasks();
    expect(boot().settings.user.id).toBe('bob');
  });

  it('A chat stays away after signOut() until reauthorize() is called', async () => {
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

  it('A chat detects another visitor when another tab announces a log-in', async () => {
    await configure();
    backend.subject = 'bob';
    const otherTab = new BroadcastChannel('coze-chat-embed:identity');
    otherTab.postMessage({ scope: 'https://site.example/token', subject: 'bob' });
    await vi.waitFor(() => expect(reported()).toContain('identity detected'));
    otherTab.close();
  });
});

describe('A page that is left', () => {
  it('A page that is left removes the chat, and asks for the visitor when it comes back', async () => {
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

  it('A page that is left does not listen to other tabs', async () => {
    await configure();
    turnPage('pagehide');
    const { length } = reported();
    const [otherTab, witness] = [new BroadcastChannel('coze-chat-embed:identity'), new BroadcastChannel('coze-chat-embed:identity')];
    const arrived = new Promise((resolve) => (witness.onmessage = resolve));
    otherTab.postMessage({ scope: 'https://site.example/token', subject: 'bob' });
    await arrived;
    await flushMicrotasks();
    expect([reported().length, fetched.length]).toEqual([length, 1]);
    for (const channel of [otherTab, witness]) channel.close();
  });

  it('A page that comes back announces its visitor to other tabs once', async () => {
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

it('A disposed chat reacts to no event of the page', async () => {
  await configure();
  session.dispose();
  const { length } = reported();
  document.dispatchEvent(new Event('visibilitychange'));
  turnPage('pagehide');
  turnPage('pageshow');
  await flushMicrotasks();
  expect([iframes(), reported().length, fetched.length]).toEqual([[], length, 1]);
});

it('A stopped chat starts when it is configured again', async () => {
  await configure();
  session.controller.stop();
  expect(iframes()).toEqual([]);
  await configure();
  expect(iframes()).toHaveLength(1);
});

it('No token is in the document or the storage of the page', async () => {
  await configure();
  boot();
  expect(document.documentElement.outerHTML).not.toContain('czs_');
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('czs_');
});
