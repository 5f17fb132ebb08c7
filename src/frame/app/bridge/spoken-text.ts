/** What screen readers are told of an answer. */
import { cutText } from '../../../core/values/cut-text.js';
import { loadChunk } from '../../platform/load-chunk.js';
import { loadMarkdown } from '../markdown/load-markdown.js';

/** Far more than is spoken of it, with all its addresses and marks: the rest need not be parsed. */
const MAX_READ_LENGTH = 16_000;
/** As of a parsed text: nobody can leave a live region. */
const MAX_SPOKEN_LENGTH = 2_000;

/** Never rejects: without the parser it is the text as it was written, as it is on the screen. */
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
