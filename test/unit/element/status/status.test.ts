// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it, vi } from 'vitest';
import { type CozeChatElement, type CozeErrorEvent, type CozeTokenEvent, ErrorCode } from '../../../../src/index.js';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, frameOf, openPage, openReadyPage, rejection, silence, statusText, token, within } from '../page.js';

const RETRY = '.retry';
const inline = { mode: 'inline' };

describe('Status', () => {
  it('The status is authorizing, then loading, then ready, with coze-token and coze-ready', async () => {
    const page = await openPage({ mode: 'inline' }, silence);
    expect(page.chat.status).toBe('authorizing');
    page.answer(token);
    page.chat.reload();
    await page.settle();
    expect(page.chat.status).toBe('loading');
    bootFrame(page.chat).host.onReady(noControls);
    expect(page.chat.status).toBe('ready');
    expect(page.reported).toEqual(['coze-token', 'coze-ready']);
  });

  it('The status is refreshing while a new token is requested, with the chat in use', async () => {
    const { chat, reported, answer, settle } = await openReadyPage();
    let respond = (_: Response): void => {};
    answer(() => new Promise((resolve) => (respond = resolve)));
    const refreshed = chat.refreshToken();
    await settle();
    expect(chat.status).toBe('refreshing');
    expect(statusText(chat)).toBe('');
    respond((await token()) as Response);
    await refreshed;
    expect(chat.status).toBe('ready');
    expect(reported).toEqual(['coze-token', 'coze-ready', 'coze-token']);
  });

  it('The status is signed-out when the endpoint answers 401, and no error is reported', async () => {
    const { chat, reported, warnings } = await openPage({ mode: 'inline' }, rejection(401));
    expect(chat.status).toBe('signed-out');
    expect(statusText(chat)).toBe('You are signed out Sign in on this site to see your conversation.');
    expect(within(chat, '.status')?.getAttribute('role')).toBe('status');
    expect([reported, warnings]).toEqual([['coze-token'], []]);
  });

  it('The status is signed-out after signOut(), and ready again after reload()', async () => {
    const { chat, reported, settle } = await openReadyPage();
    chat.signOut();
    expect([chat.status, frameOf(chat)]).toEqual(['signed-out', null]);
    chat.reload();
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect(chat.status).toBe('ready');
    expect(reported).toEqual(['coze-token', 'coze-ready', 'coze-identity-change', 'coze-token', 'coze-ready']);
  });

  it('The status is signed-out after signOut() before the first opening, without a token request', async () => {
    const { chat, requests, settle } = await openPage();
    chat.signOut();
    chat.show();
    await settle();
    expect([chat.status, requests]).toEqual(['signed-out', []]);
    chat.userId = 'bob';
    await settle();
    expect([chat.status, requests]).toEqual(['loading', [{ user_id: 'bob', reason: 'initial' }]]);
  });

  it('The status is not signed-out for the next visitor after signOut() before the first opening', async () => {
    const { chat, settle } = await openPage();
    chat.signOut();
    chat.userId = 'bob';
    chat.show();
    await settle();
    expect(chat.status).toBe('loading');
  });

  it.each<[string, Readonly<Record<string, string>>, (chat: CozeChatElement) => void]>([
    ['while only its code is loaded', { loading: 'eager' }, () => {}],
    ['in the task in which the visitor has become another one', inline, (chat) => (chat.userId = '')],
    [
      'while the options are wrong',
      inline,
      (chat) => {
        chat.reload();
        chat.chatOptions = { typo: true } as never;
      },
    ],
  ])('The status is signed-out after signOut() %s, until reload()', async (_, attributes, change) => {
    const { chat, requests, settle } = await openPage({ 'user-id': 'alice', ...attributes });
    const asked = requests.length;
    change(chat);
    chat.signOut();
    await settle();
    chat.chatOptions = {};
    chat.show();
    await settle();
    expect([chat.status, frameOf(chat), requests.length]).toEqual(['signed-out', null, asked]);
    chat.reload();
    await settle();
    expect([chat.status, requests.length]).toEqual(['loading', asked + 1]);
  });

  it('A signed-out element that is added again starts anew, unless signOut() is called while it is removed', async () => {
    const { chat, requests, settle } = await openReadyPage();
    chat.signOut();
    chat.remove();
    await settle();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length]).toEqual(['loading', 2]);
    chat.remove();
    await settle();
    chat.signOut();
    document.body.append(chat);
    await settle();
    expect([chat.status, requests.length]).toEqual(['signed-out', 2]);
  });

  it.each([
    [403, ErrorCode.Forbidden, 'No access Your account has no access to this chat.'],
    [404, ErrorCode.TokenEndpointMisconfigured, 'This chat is not set up correctly Please tell the people who run this site.'],
  ])('The status is failed after a %i, with the code %s', async (status, code, text) => {
    const { chat, reported, warnings } = await openPage({ mode: 'inline' }, rejection(status));
    expect(chat.status).toBe('failed');
    expect(statusText(chat).startsWith(text.trim())).toBe(true);
    expect(within(chat, '.status')?.getAttribute('role')).toBe('alert');
    expect(reported).toEqual(['coze-token', 'coze-error']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`[coze-chat] ${code}: `);
  });

  it('The status is failed when the page names another visitor, with the advice to reload it', async () => {
    const { chat } = await openPage({ mode: 'inline', 'user-id': 'bob' }, rejection(403, { error: 'identity_mismatch' }));
    expect([chat.status, statusText(chat)]).toEqual(['failed', 'This page is out of date Reload it to see your conversation.']);
  });

  it('The status is failed when the frame fails, and Retry builds another frame', async () => {
    const { chat, settle } = await openPage({ mode: 'inline' });
    bootFrame(chat).host.onFailed({ code: ErrorCode.ChatFailed, message: 'broken', retryable: true });
    await settle();
    expect(statusText(chat)).toBe('The chat cannot be reached Please check your connection and try again. Try again');
    within(chat, RETRY)?.click();
    await settle();
    bootFrame(chat).host.onReady(noControls);
    expect(chat.status).toBe('ready');
  });

  it('The failure of a forbidden visitor has no Retry button', async () => {
    const { chat } = await openPage({ mode: 'inline' }, rejection(403));
    expect(within(chat, RETRY)).toBeNull();
  });

  it('The status is shown in the language of the page', async () => {
    const { chat, settle } = await openPage({ mode: 'inline', locale: 'zh-Hans-CN' }, rejection(401));
    expect(statusText(chat)).toContain('请先登录');
    chat.locale = 'en';
    await settle();
    expect(statusText(chat)).toContain('You are signed out');
  });
});

describe('A lost network', () => {
  const goes = (isOnline: boolean): void => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  };
  const noticeText = (chat: Parameters<typeof within>[0]): string => within(chat, '[part=notice]')?.textContent ?? '';

  it('A lost network is shown above a running chat until the network is back', async () => {
    const { chat, reported, settle } = await openReadyPage();
    goes(false);
    await settle();
    expect([chat.status, noticeText(chat)]).toEqual(['ready', 'You are offline. You can write again once you are connected.']);
    expect(within(chat, '[part=notice]')?.getAttribute('role')).toBe('status');
    goes(true);
    await settle();
    expect([chat.status, noticeText(chat)]).toEqual(['ready', '']);
    expect(reported).not.toContain('coze-error');
  });

  it('A chat that does not start shows a lost network as the reason, and starts by itself afterwards', async () => {
    const { chat, answer, settle } = await openPage({ mode: 'inline' }, () => Promise.reject(new TypeError('network')));
    goes(false);
    await settle();
    const offline = 'You are offline The chat continues by itself once you are connected again.';
    expect([chat.status, statusText(chat)]).toEqual(['authorizing', offline]);
    await chat.refreshToken();
    await settle();
    expect([chat.status, statusText(chat)]).toEqual(['failed', offline]);
    answer(token);
    goes(true);
    await vi.waitUntil(() => chat.status === 'loading', { interval: 10, timeout: 5_000 });
  });
});

describe('Too many requests', () => {
  it('A 429 is shown with the time of the next attempt and without a Retry button', async () => {
    const seconds = new Date(Date.now() + 120_000).toUTCString();
    const page = await openPage({ mode: 'inline' }, () => new Response(null, { status: 429, headers: { 'retry-after': seconds } }));
    expect(statusText(page.chat)).toMatch(/^Too many requests Many people are using the chat right now.* Next attempt: in [23] minutes$/);
    expect(within(page.chat, '[role=timer]')).not.toBeNull();
    expect(within(page.chat, RETRY)).toBeNull();
    expect(page.warnings).toEqual(['[coze-chat] rate_limited: The token endpoint answered 429: too many requests.']);
  });
});

describe.each(['reply-failed', 'feature-failed'] as const)('Failure in a running chat (%s)', (type) => {
  it('A failure in a running chat fires an event each time, and the chat stays ready', async () => {
    const { chat, host } = await openReadyPage();
    const codes: string[] = [];
    chat.addEventListener('coze-error', ({ code }) => codes.push(code));
    const problem = { code: ErrorCode.QuotaExceeded, message: 'used up (code 4028)', retryable: true };
    host.onEvent({ type, problem });
    host.onEvent({ type, problem });
    expect([codes, chat.status]).toEqual([['quota_exceeded', 'quota_exceeded'], 'ready']);
  });
});

describe('A signed-out visitor', () => {
  const link = '.action';

  it('A signed-out visitor gets a link to the sign-in page, if the page names one', async () => {
    const { chat, settle } = await openPage({ mode: 'inline' }, rejection(401));
    expect(within(chat, link)).toBeNull();
    chat.setAttribute('sign-in-url', '/login?from=chat');
    await settle();
    expect(within<HTMLAnchorElement>(chat, link)).toMatchObject({ textContent: 'Sign in', href: `${location.origin}/login?from=chat` });
  });

  it.each(['javascript:alert(1)', 'data:text/html,hi', 'http://'])(
    'A signed-out visitor gets no link to %s, and a warning names the attribute',
    async (url) => {
      const { chat, warnings } = await openPage({ mode: 'inline', 'sign-in-url': url }, rejection(401));
      expect(within(chat, link)).toBeNull();
      expect(warnings).toEqual(['[coze-chat] invalid_configuration: <coze-chat>: sign-in-url is not an http(s) URL.']);
    },
  );

  it('A page can open a sign-in dialog instead, and the chat starts when the focus is back', async () => {
    const { chat, answer, settle } = await openPage({ mode: 'inline', 'sign-in-url': '/login' }, rejection(401));
    const urls: string[] = [];
    document.addEventListener(
      'coze-sign-in',
      (event) => {
        urls.push(event.url);
        event.preventDefault();
      },
      { once: true },
    );
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    within(chat, link)?.dispatchEvent(click);
    expect([urls, click.defaultPrevented]).toEqual([[`${location.origin}/login`], true]);
    answer(token);
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(chat.status).toBe('loading');
  });

  it('A focus without a visit to the sign-in page causes no token request', async () => {
    const { requests, settle } = await openPage({ mode: 'inline', 'sign-in-url': '/login' }, rejection(401));
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(requests).toHaveLength(1);
  });
});

describe('A wrong configuration', () => {
  it.each([
    [{ 'bot-id': null }, 'bot-id is missing'],
    [{ 'token-endpoint': null }, 'token-endpoint is missing'],
  ])('A wrong configuration is reported before the bubble is opened: %o', async (attributes, message) => {
    const { chat, reported, warnings, settle } = await openPage(attributes);
    const expected = [['coze-error'], [`[coze-chat] invalid_configuration: <coze-chat>: ${message}.`]];
    expect([reported, warnings]).toEqual(expected);
    chat.show();
    await settle();
    expect(chat.status).toBe('failed');
    expect(statusText(chat)).toContain(message);
    expect([reported.filter((type) => type === 'coze-error'), warnings]).toEqual(expected);
  });

  it('A wrong configuration is reported with its attribute, and the chat starts when it is corrected', async () => {
    const errors: CozeErrorEvent[] = [];
    const { chat, warnings, requests, settle } = await openPage({ mode: 'inline' });
    chat.addEventListener('coze-error', (event) => errors.push(event));
    chat.setAttribute('api-base-url', 'ftp://coze');
    await settle();
    expect([chat.status, frameOf(chat)]).toEqual(['failed', null]);
    chat.heading = 'Another rendering';
    await settle();
    expect(errors).toMatchObject([{ code: 'invalid_configuration', retryable: false }]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('api-base-url');
    chat.removeAttribute('api-base-url');
    await settle();
    expect([chat.status, requests.length]).toEqual(['loading', 2]);
  });
});

describe('A repeated problem', () => {
  it('A repeated problem is an event each time and a line in the console once', async () => {
    const { chat, reported, warnings, settle } = await openPage({ mode: 'inline' });
    for (const attempt of [1, 2, 3]) {
      bootFrame(chat).host.onFailed({ code: ErrorCode.ChatFailed, message: 'broken', retryable: true });
      await settle();
      expect(reported.filter((type) => type === 'coze-error')).toHaveLength(attempt);
      within(chat, RETRY)?.click();
      await settle();
    }
    expect(warnings).toEqual(['[coze-chat] chat_failed: broken']);
  });
});

describe('A problem that ends by itself', () => {
  it('A problem that returns after it has ended is an event again', async () => {
    const { chat, reported, answer, settle } = await openReadyPage();
    for (const time of [1, 2]) {
      answer(rejection(403));
      await chat.refreshToken();
      expect([chat.status, reported.filter((type) => type === 'coze-error').length]).toEqual(['failed', time]);
      answer(token);
      await chat.refreshToken();
      await settle();
      bootFrame(chat).host.onReady(noControls);
      expect(chat.status).toBe('ready');
    }
  });
});

describe('Events of the element', () => {
  it('coze-token contains phase and times of a token, and never the token', async () => {
    const seen: CozeTokenEvent[] = [];
    const listen = (event: CozeTokenEvent): void => void seen.push(event);
    document.addEventListener('coze-token', listen);
    const before = Date.now();
    await openReadyPage();
    document.removeEventListener('coze-token', listen);
    expect(seen).toMatchObject([{ phase: 'issued', reason: 'initial', attempt: 1, code: undefined }]);
    expect(seen[0]?.expiresAt).toBeGreaterThan(before + 3_000_000);
    expect(seen[0]?.nextRequestAt).toBeLessThan(seen[0]?.expiresAt ?? 0);
    expect(JSON.stringify(seen.map((event) => ({ ...event })))).not.toContain('czs_');
  });

  it('coze-token contains the code of a failed request', async () => {
    const seen = vi.fn<(event: CozeTokenEvent) => void>();
    document.addEventListener('coze-token', seen);
    await openPage({ mode: 'inline' }, rejection(403));
    document.removeEventListener('coze-token', seen);
    expect(seen.mock.lastCall?.[0]).toMatchObject({ phase: 'failed', code: 'forbidden', expiresAt: undefined, nextRequestAt: undefined });
  });

  it('coze-message contains the message of the chat', async () => {
    const { chat, host } = await openReadyPage();
    const received: unknown[] = [];
    chat.addEventListener('coze-message', ({ role, text, id }) => received.push({ role, text, id }));
    host.onEvent({ type: 'message', message: { role: 'assistant', text: 'Hello', id: '7' } });
    expect(received).toEqual([{ role: 'assistant', text: 'Hello', id: '7' }]);
  });
});
