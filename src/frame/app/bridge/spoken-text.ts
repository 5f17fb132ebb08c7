/** Converts an answer to the text that screen readers announce. */
import { cutText } from '../../../core/values/cut-text.js';
import { loadChunk } from '../../platform/load-chunk.js';
import { loadMarkdown } from '../markdown/load-markdown.js';

/** In characters of Markdown. Even with many addresses and marks, this is far more than is announced; the rest is not parsed. */
const MAX_READ_LENGTH = 16_000;
/** In characters, as for a parsed text: a visitor cannot skip the rest of an announcement. */
const MAX_SPOKEN_LENGTH = 2_000;

/** Never rejects. If the parser cannot be loaded, it resolves with the text as it was written, which is also what the screen shows. */
export async function toSpokenText(markdown: string): Promise<string> {
  const text = firstLines(markdown);
  try {
    const [{ parseWholeMarkdown }, { toSpeech }] = await Promise.all([
      loadMarkdown(),
      loadChunk('to-speech', () => import('../markdown/syntax/to-speech.js')),
    ]);
    return toSpeech(await parseWholeMarkdown(text));
  } catch {
    return cutText(text, MAX_SPOKEN_LENGTH);
  }
}

function firstLines(markdown: string): string {
  if (markdown.length <= MAX_READ_LENGTH) return markdown;
  const start = markdown.slice(0, MAX_READ_LENGTH);
  const end = start.lastIndexOf('\n');
  return end > 0 ? start.slice(0, end) : start;
}
