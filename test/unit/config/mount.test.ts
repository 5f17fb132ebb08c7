import { expect, it } from 'vitest';
import { belowMount, findTokenEndpoint } from '../../../src/config/mount.js';

it.each([
  [{ tokenEndpoint: '/token' }, '/token'],
  [{ tokenEndpoint: '/token', mount: '/coze' }, '/token'],
  [{ tokenEndpoint: '', mount: '/coze' }, '/coze/token'],
  [{ mount: '/coze/' }, '/coze/token'],
  [{}, ''],
])('The token endpoint of a page that says %o is "%s"', (page, endpoint) => {
  expect(findTokenEndpoint(page)).toBe(endpoint);
});

it('A path below a mount is empty if the page names no mount', () => {
  expect([belowMount({}, 'files'), belowMount({ mount: '/' }, 'files')]).toEqual(['', '/files']);
});
