/** Finds the end of a bare address in a text. */
import { trimTrailing } from '../trim-trailing.js';
import { UNSPACED_LETTER } from './scripts.js';

/**
 * Characters that belong to the sentence around an address, never to the address: full-width and Arabic punctuation, quotation marks, dashes,
 * ellipses, arrows and emoji, and invisible ones, which control the direction or the end of a line. (U+3000–U+303F without the marks that are
 * letters, U+FE30–U+FE4F, U+FF00–U+FF65.)
 */
const SENTENCE_MARK =
  /[\u060c\u061b\u061f\u06d4\u2014\u2015\u2018-\u201f\u2026\u2039\u203a\u00ab\u00bb\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2190-\u21ff\p{So}\u3000-\u3004\u3008-\u3020\u3030\u303d\u30fb\ufe30-\ufe4f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/u;

/** A character before which an address ends. */
const ENDS_ADDRESS = new RegExp(`${SENTENCE_MARK.source}|${UNSPACED_LETTER.source}`, 'u');

/** At the end of an address, these characters belong to the sentence (GFM), and so do their Hebrew counterparts. */
const TRAILING_PUNCTUATION = '?!.,:;*_~\'"|\u05be\u05f3\u05f4';

/** A domain with labels in a script without spaces, such as `例え.jp`. */
const OWN_SCRIPT_LABELS = new RegExp(
  `^(?:[a-z0-9-]+\\.)*(?:${UNSPACED_LETTER.source}+[a-z0-9-]*\\.)+(?:[a-z0-9-]+|${UNSPACED_LETTER.source}+)`,
  'iu',
);

/** Returns the length of the address at the start of `text`, or 0 if there is none. `isAlone`: whether it is alone on its line. */
export function webAddressEnd(text: string, isAlone: boolean): number {
  const scheme = /^(?:https?:\/\/|www\.)/i.exec(text)?.[0];
  if (scheme === undefined) return 0;
  const hostStart = scheme.endsWith('/') ? scheme.length : 0;
  const host = readHost(text.slice(hostStart));
  if (!isHost(host)) return 0;
  const pathStart = hostStart + host.length;
  const path = text.slice(pathStart);
  const end = isAlone && isPathInOwnScript(path) ? path.length : pathEnd(path);
  return trimTrail(text.slice(0, pathStart + end), pathStart);
}

/** Returns the length of the email address at the start of `text`, or 0 if there is none. */
export function emailEnd(text: string): number {
  return /^[\w.+-]+@(?:[\w-]+\.)+[\w-]*[a-z](?![\w@-])/i.exec(text)?.[0].length ?? 0;
}

function readHost(text: string): string {
  const ownScript = OWN_SCRIPT_LABELS.exec(text)?.[0];
  const host = /^(?:[^\p{P}\p{S}\s]|[-_.])*/u.exec(text)?.[0] ?? '';
  if (ownScript !== undefined) return ownScript;
  const end = ENDS_ADDRESS.exec(host)?.index ?? host.length;
  return trimTrailing(host.slice(0, end), '._');
}

/** GFM: the last two labels have no underscore. */
function isHost(host: string): boolean {
  return /^[^.]/.test(host) && !host.split('.').slice(-2).join().includes('_');
}

/** Whether a path that is alone on its line contains words in a script without spaces, such as `/wiki/北京`, and is not followed by a sentence. */
function isPathInOwnScript(path: string): boolean {
  if (SENTENCE_MARK.test(path) || /[\](]/.test(path)) return false;
  const first = UNSPACED_LETTER.exec(path);
  return first !== null && /[/=#?&_%+-]/.test(path.charAt(first.index - 1));
}

/** Returns the length of the path. It ends where the sentence continues, or at a `]` that has no `[`. */
function pathEnd(path: string): number {
  const end = ENDS_ADDRESS.exec(path)?.index ?? path.length;
  let depth = 0;
  for (let index = 0; index < end; index += 1) {
    const character = path[index];
    if (character === '[') depth += 1;
    if (character === ']' && --depth < 0) return index;
  }
  return end;
}

/** GFM: punctuation, references to characters and brackets at the end belong to the sentence. */
function trimTrail(text: string, floor: number): number {
  let end = text.length;
  let surplus = countCharacter(text, ')') - countCharacter(text, '(');
  while (end > floor) {
    const character = text.charAt(end - 1);
    const reference = character === ';' ? /&[a-z]+;$/i.exec(text.slice(Math.max(floor, end - 33), end))?.[0] : undefined;
    if (reference !== undefined) end -= reference.length;
    else if (character === ')' && surplus > 0) {
      surplus -= 1;
      end -= 1;
    } else if (TRAILING_PUNCTUATION.includes(character)) end -= 1;
    else break;
  }
  return end;
}

function countCharacter(text: string, character: string): number {
  return text.split(character).length - 1;
}
