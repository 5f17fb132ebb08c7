import { loadChunk } from '../../platform/load-chunk.js';
import type * as ToolRounds from './tool-rounds.js';

/** With the first message of a page that has tools. */
export function loadTools(): Promise<typeof ToolRounds> {
  return loadChunk('tool-rounds', () => import('./tool-rounds.js'));
}
