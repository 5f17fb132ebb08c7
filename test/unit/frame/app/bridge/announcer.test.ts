// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createAnnouncer } from '../../../../../src/frame/app/bridge/announcer.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

test('its region is there before the first words, the same words twice are said twice, and nothing stays', async () => {
  const time = new VirtualTime();
  const announce = createAnnouncer(document, time.timers);
  const region = document.querySelector('[role="status"]');
  expect(region?.textContent).toBe('');

  announce('Hello');
  const first = region?.firstElementChild;
  await time.advance(3_000);
  announce('Hello');
  expect(region?.firstElementChild).not.toBe(first);

  await time.advance(4_999);
  expect(region?.textContent).toBe('Hello');
  await time.advance(1);
  expect(region?.textContent).toBe('');
});
