// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createAnnouncer } from '../../../src/frame/inside/announcer.js';

test('its region is there before the first words, and the same words twice are said twice', () => {
  const announce = createAnnouncer(document);
  const region = document.querySelector('[role="status"]');
  expect(region?.textContent).toBe('');

  announce('Hello');
  const first = region?.firstElementChild;
  announce('Hello');
  expect(region?.textContent).toBe('Hello');
  expect(region?.firstElementChild).not.toBe(first);
});
