import { expect, it } from 'vitest';
import { belowMount, findTokenEndpoint } from '../../../src/config/mount.js';

it.each([
  [{ tokenEndpoint: '/token' }, '/token'],
  [{ tokenEndpoint: '/token', mount: '/coze' }, '/token'],
  [{ tokenEndpoint: '', mount: '/coze' }, '/coze/token'],
  [{ mount: '/coze/' }, '/coze/token'],
  [{}, ''],
])('The token endpoint of a page that says %o is "%s".', (page, endpoint) => {
  expect(findTokenEndpoint(page)).toBe(endpoint);
});

it('Nothing lies below a mount that the page does not name.', () => {
  expect([belowMount({}, 'files'), belowMount({ mount: '/' }, 'files')]).toEqual(['', '/files']);
});
