/** The same tests for every engine, in one file per engine, so that they run in parallel. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Engine } from './engine.js';
import { EngineWorld } from './engine-world.js';

export type Suite = (world: () => EngineWorld) => void;

export function inEngine(engine: Engine, suites: Readonly<Record<string, Suite>>): void {
  describe.skipIf(!engine.isInstalled)(`${engine.name} (skipped where it is not installed)`, () => {
    let world: EngineWorld;
    beforeAll(async () => {
      world = await EngineWorld.create(engine);
    });
    afterEach(() => world.afterEach());
    afterAll(() => world.close());

    for (const [subject, suite] of Object.entries(suites)) describe(subject, () => suite(() => world));
  });
}

export function script(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/javascript' } });
}
