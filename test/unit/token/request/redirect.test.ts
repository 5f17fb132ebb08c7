import { describe, expect, it, vi } from 'vitest';
import { explainRedirect, findTarget } from '../../../../src/token/request/redirect.js';

const ORIGIN = 'https://shop.example';
const { signal } = new AbortController();

function explain(from: string, to: string, isPage = false) {
  return explainRedirect(new URL(from, ORIGIN).href, { url: new URL(to, ORIGIN), isPage }, ORIGIN);
}

describe('A redirect of the token endpoint', () => {
  it.each([
    ['/api/token', '/api/token/'],
    ['/api/token/', '/api/token'],
    ['/api//token', '/api/token'],
    ['/API/Token', '/api/token'],
    ['http://shop.example/login', '/login'],
    ['/auth', 'https://www.shop.example/auth'],
  ])('A redirect from %s to %s leads to the same endpoint at its exact address', (from, to) => {
    expect(explain(from, to)).toEqual({
      kind: 'terminal',
      code: 'token_endpoint_misconfigured',
      message: `The token endpoint redirects to ${new URL(to, ORIGIN).href}: set token-endpoint to that. A redirect would take the visitor's cookies along, so none is followed.`,
    });
  });

  it.each([
    ['/api/token', '/v2/token'],
    ['/api/token', '/apitoken'],
    ['/api/token', '/api/t'],
    ['/api/token', '/catalog/info'],
    ['/api/token', '/authors'],
  ])('A redirect from %s to %s leads to another endpoint', (from, to) => {
    expect(explain(from, to)).toEqual({
      kind: 'terminal',
      code: 'token_endpoint_misconfigured',
      message: `The token endpoint redirects to ${ORIGIN}${to}. Set token-endpoint to the address that answers by itself.`,
    });
  });

  it.each([
    'login',
    'log-in',
    'log_in',
    'Logon',
    'sign-in',
    'signin',
    'sign-on',
    'auth',
    'oauth',
    'oauth2/authorize',
    'sso',
    'saml/x',
    'account',
  ])('A redirect to /%s leads to a log-in page', (path) => {
    expect(explain('/api/token', `/${path}?next=secret#secret`)).toEqual({
      kind: 'terminal',
      code: 'signed_out',
      message: `The token endpoint redirects to ${ORIGIN}/${path}, as to a log-in page: the visitor is not signed in.`,
      advice: expect.stringContaining(`redirects to ${ORIGIN}/${path}, which is taken for a log-in page.`) as string,
    });
  });

  it('A redirect to a page leads to a log-in page', () => {
    expect(explain('/api/token', '/welcome', true)).toMatchObject({ code: 'signed_out' });
  });
});

describe('Target of a redirect', () => {
  function find(redirected: boolean, contentType?: string, body: BodyInit | null = null) {
    const response = new Response(body, { headers: contentType === undefined ? {} : { 'content-type': contentType } });
    Object.defineProperties(response, { redirected: { value: redirected }, url: { value: `${ORIGIN}/welcome` } });
    const fetch = vi.fn(() => Promise.resolve(response));
    return { fetch, target: findTarget(`${ORIGIN}/api/token`, fetch, signal) };
  }

  it.each([
    ['text/html', true],
    ['TEXT/HTML; charset=utf-8', true],
    ['application/xhtml+xml', true],
    ['application/json; x=text/html', false],
    ['text/htmlx', false],
    [undefined, false],
  ])('A target with the content type %s is a page: %s', async (contentType, isPage) => {
    expect(await find(true, contentType).target).toEqual({ url: new URL('/welcome', ORIGIN), isPage });
  });

  it('There is no target if the second request is not redirected', async () => {
    expect(await find(false, 'text/html').target).toBeUndefined();
  });

  it('The request for the target has no cookies and no referrer, and bypasses caches', async () => {
    const { fetch, target } = find(true);
    await target;
    expect(fetch.mock.calls).toEqual([
      [
        `${ORIGIN}/api/token`,
        { headers: { accept: 'application/json' }, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal },
      ],
    ]);
  });

  it('The body of the target is not read', async () => {
    const cancel = vi.fn();
    await find(true, 'text/html', new ReadableStream({ cancel })).target;
    expect(cancel).toHaveBeenCalledOnce();
  });
});
