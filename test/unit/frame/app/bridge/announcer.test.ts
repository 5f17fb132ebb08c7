// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createAnnouncer } from '../../../../../src/frame/app/bridge/announcer.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

test('The live region exists before the first text, announces the same text again, and is empty after five seconds', async () => {
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
