/** B20: a site's own fixed header does not cover the panel's title and its close button, without any setup. */
import { expect, test } from 'vitest';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const header = (zIndex: number): string =>
  `<header id="header" style="position: fixed; inset: 0 0 auto; block-size: 120px; background: #ddd; z-index: ${zIndex}">Shop</header>`;

test.each([
  [1100, 1440, 760],
  [1100, 1440, 600],
  [99_999, 820, 640],
  [999_999_999, 600, 500],
  [1100, 390, 844],
])('The close button is above a header with z-index %i at %i × %i, and works', async (zIndex, width, height) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, body: header(zIndex) });
  await page.page.setViewportSize({ width, height });
  const chat = page.chat();
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.untilIdle();
  // Without `force`, so that Playwright only clicks an element that would receive the click.
  await chat.element.locator('[part=header]').click({ timeout: 5_000 });
  await chat.element.getByRole('button', { name: 'Close chat' }).click({ timeout: 5_000 });
  await expect.poll(() => chat.element.evaluate((element) => element.hasAttribute('open'))).toBe(false);
});
