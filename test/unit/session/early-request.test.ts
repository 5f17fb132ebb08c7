// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://shop.example/" }
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cookieSessionKey, type IdentityInput } from '../../../src/config/identity.js';
import { requestEarly, toFirstPost } from '../../../src/session/early-request.js';

const input: IdentityInput = { tokenEndpoint: '/token', botId: '7400', credentials: 'same-origin', userId: 'alice', identityToken: '' };

beforeEach(() => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{}'));
});
afterEach(() => vi.restoreAllMocks());

async function ended(type: string): Promise<boolean | undefined> {
  const early = requestEarly(input);
  await early?.response;
  window.dispatchEvent(new Event(type));
  return early?.take();
}

describe('The request that is sent ahead of the session’s code', () => {
  it('The early request is the one that the session would send', async () => {
    const early = requestEarly(input);
    await early?.response;
    const endpoint = new URL('/token', document.baseURI).href;
    expect(early?.sent).toBe(JSON.stringify(toFirstPost({ ...input, identityToken: undefined }, endpoint)));
    expect(vi.mocked(fetch).mock.calls).toEqual([
      [
        endpoint,
        expect.objectContaining({
          method: 'POST',
          body: '{"user_id":"alice","reason":"initial"}',
          credentials: 'same-origin',
          cache: 'no-store',
          redirect: 'manual',
          referrerPolicy: 'no-referrer',
        }),
      ],
    ]);
    expect(early?.take()).toBe(true);
  });

  it.each(['/coze', '/coze/'])('The early request is sent below the mount "%s" if the page names only that', async (mount) => {
    await requestEarly({ ...input, tokenEndpoint: '', mount })?.response;
    expect(vi.mocked(fetch).mock.calls[0]?.[0]).toMatch(/^https?:\/\/[^/]+\/coze\/token$/);
  });

  it.each([
    ['a path', { tokenEndpoint: '/token' }],
    ['a path beside the page', { tokenEndpoint: 'token' }],
    ['a URL', { tokenEndpoint: 'https://shop.example/token' }],
    ['a mount', { tokenEndpoint: '', mount: '/' }],
  ])('The early request waits for sessions that use the same endpoint, named by %s', async (_, named) => {
    const locks = { request: vi.fn((_name: string, _options: LockOptions, request: () => Promise<unknown>) => request()) };
    vi.stubGlobal('navigator', { ...navigator, locks });
    onTestFinished(() => void vi.unstubAllGlobals());
    await requestEarly({ ...input, ...named })?.response;
    const session = cookieSessionKey({ ...input, tokenEndpoint: 'https://shop.example/token' });
    expect(locks.request.mock.calls.map(([name]) => name)).toEqual([`coze-chat-embed:first-request:${session}`]);
  });

  it('The early request waits for no other chat if no cookie identifies the visitor', async () => {
    const locks = { request: vi.fn() };
    vi.stubGlobal('navigator', { ...navigator, locks });
    onTestFinished(() => void vi.unstubAllGlobals());
    await requestEarly({ ...input, credentials: 'omit' })?.response;
    expect(locks.request).not.toHaveBeenCalled();
    expect(fetch).toHaveBeenCalledOnce();
  });

  it.each([
    ['the page has a function for tokens', { ...input, getToken: () => Promise.resolve() }],
    ['the page has not named the bot yet', { ...input, botId: '' }],
    ['the page has named a visitor by a value that JSON does not have', { ...input, userId: 7n }],
    ['the endpoint is no valid URL', { ...input, tokenEndpoint: 'http://[' }],
    ['the endpoint is a data URL', { ...input, tokenEndpoint: 'data:application/json,{}' }],
    ['the scheme of the endpoint only ends with http', { ...input, tokenEndpoint: 'xhttp://shop.example/' }],
    ['the mount is of another origin', { ...input, tokenEndpoint: '', mount: 'https://evil.example/coze/' }],
  ])('The early request is not sent where %s', (_, configured) => {
    expect(requestEarly(configured)).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('The early request is not sent while the window has no focus', () => {
    vi.mocked(document.hasFocus).mockReturnValue(false);
    expect(requestEarly(input)).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(['blur', 'pagehide'])('The early request is not used after %s, since the visitor may have changed', async (type) => {
    expect(await ended(type)).toBe(false);
  });

  it('The early request is not aborted by events of the page once it is taken', async () => {
    const early = requestEarly(input);
    await early?.response;
    const { signal } = vi.mocked(fetch).mock.calls[0]?.[1] ?? {};
    expect(early?.take()).toBe(true);
    window.dispatchEvent(new Event('blur'));
    expect(signal?.aborted).toBe(false);
    early?.abort();
    expect(signal?.aborted).toBe(true);
  });

  it('A failure of an early request is no unhandled rejection while nobody has taken it', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    vi.mocked(fetch).mockRejectedValue(new TypeError('no network'));
    const early = requestEarly(input);
    // Node looks for unhandled rejections after the microtasks.
    await new Promise((resolve) => void setImmediate(resolve));
    expect([fetch, unhandled].map((mock) => vi.mocked(mock).mock.calls.length)).toEqual([1, 0]);
    expect(early?.take()).toBe(true);
  });

  it('The response of an early request rejects when the network fails', async () => {
    vi.mocked(fetch).mockRejectedValue(new TypeError('no network'));
    await expect(requestEarly(input)?.response).rejects.toThrow('no network');
  });
});
