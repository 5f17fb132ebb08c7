/**
 * Screenshots of the main states, on a desktop and on a phone. To update them after an intended change: `UPDATE_LOOKS=1 npx vitest run
 * --project e2e-serial test/e2e/looks.test.ts`. A failed screenshot is written beside the stored one, as `….now.png`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { differencePercent, lookOf } from './support/look.js';
import { HAS_FONT, photograph, scenes } from './support/scenes.js';
import { setUpWorld, type World } from './support/world.js';

/** Two runs differ by almost nothing; another radius of the panel differs by ten times as much. */
const MOST_PERCENT = 0.2;

let world: World;
setUpWorld((created) => (world = created));

test.skipIf(!HAS_FONT).each(scenes)('The scene $name looks as stored (skipped without the font DejaVu Sans)', async (scene) => {
  const path = fileURLToPath(new URL(`looks/${scene.name}.png`, import.meta.url));
  const look = lookOf(await photograph(world, scene));
  if (process.env['UPDATE_LOOKS'] === '1') writeFileSync(path, look);
  expect(existsSync(path), `${path} is there`).toBe(true);
  const percent = differencePercent(readFileSync(path), look);
  if (percent > MOST_PERCENT) writeFileSync(path.replace(/\.png$/, '.now.png'), look);
  expect(percent).toBeLessThanOrEqual(MOST_PERCENT);
});
