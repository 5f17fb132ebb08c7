// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://shop.example/", "settings": { "handleDisabledFileLoadingAsSuccess": true } }
/** Markup alone cannot make `mount` send a visitor's credentials to another origin, whatever else the page has set. */
import { expect, test, vi } from 'vitest';
import { openPage, openReadyPage, silence } from '../../unit/element/page.js';

const EVIL = 'https://evil.example/coze/';
const mounted = { mode: 'inline', 'token-endpoint': null, 'user-id': 'alice' };
const addresses = (): string[] => vi.mocked(window.fetch).mock.calls.map(([address]) => String(address));

test.each([
  ['alone', {}],
  ['beside a place for the frame’s files', { 'frame-src': '/chat/' }],
])('An attribute mount with another origin, %s, is a configuration error, and no request is sent to it', async (_, attributes) => {
  const { chat, warnings } = await openPage({ ...mounted, ...attributes, mount: EVIL }, silence);
  expect([chat.status, addresses()]).toEqual(['failed', []]);
  expect(warnings.join()).toContain('mount, as an attribute, cannot name another origin');
});

test('An attribute mount that changes to another origin removes a chat in use', async () => {
  const { chat, settle } = await openReadyPage({ ...mounted, mount: '/coze/', 'frame-src': '/chat/' });
  expect([chat.status, addresses()]).toEqual(['ready', ['https://shop.example/coze/token']]);
  chat.setAttribute('mount', EVIL);
  await settle();
  expect([chat.status, addresses()]).toEqual(['failed', ['https://shop.example/coze/token']]);
});

test('The property mount may name another origin', async () => {
  const { chat, settle } = await openPage({ ...mounted, 'frame-src': '/chat/' });
  chat.mount = EVIL;
  await settle();
  expect(addresses()).toEqual(['https://evil.example/coze/token']);
});
