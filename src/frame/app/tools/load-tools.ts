/** Loads the code for turns that wait for tools of the page, with the first message of a page that has tools. */
import { loadChunk } from '../../platform/load-chunk.js';
import { DONE_EVENT } from '../service/turn/turn-events.js';
import type { ContinueTurn } from '../service/turn/waiting-turn.js';
import type * as ToolRounds from './tool-rounds.js';

export function loadTools(): Promise<typeof ToolRounds> {
  return loadChunk('tool-rounds', () => import('./tool-rounds.js'));
}

/** If the code cannot be loaded, the turn ends as on a page without tools. */
export function lateTurns(options: ToolRounds.ToolRoundsOptions): ContinueTurn {
  return async function* (required, turn) {
    const loaded = await loadTools().catch(() => undefined);
    yield* loaded === undefined ? [required, DONE_EVENT] : loaded.continueTurn(required, turn, options);
  };
}
