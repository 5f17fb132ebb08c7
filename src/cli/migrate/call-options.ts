/**
 * Reads the options of `new CozeWebSDK.WebChatClient({…})` from source text, as far as they are an object literal. Skips variables and spreads. Reads
 * each character once, and a call only up to a maximum length.
 */

export interface WrittenOption {
  /** `ui.chatBot.title` */
  readonly path: string;
  /** Start of the option's name. */
  readonly at: number;
  /** Start and end of the option's value, including everything up to the comma or the bracket. For a method and a shorthand: the whole member. */
  readonly start: number;
  readonly end: number;
}

export interface WrittenCall {
  readonly options: readonly WrittenOption[];
  /** Position after the closing bracket; without one, the end of the text. */
  readonly end: number;
}

/** The deepest option is `ui.chatBot.feedback.feedbackPanel.tags`. */
const MAX_DEPTH = 6;

/** Maximum length of a call. */
const MAX_LENGTH = 50_000;

const OPENING = '([{';
const CLOSING = ')]}';
const QUOTES = '\'"`';

/** A member's name and its colon. */
const MEMBER = /(?:([A-Za-z_$][\w$]{0,80})|'(\w{1,80})'|"(\w{1,80})")\s{0,80}:/y;
/** `onShow() {`, `async onShow() {` */
const METHOD = /(?:async\s{1,80})?([A-Za-z_$][\w$]{0,80})\s{0,80}\(/y;
/** `token,`: the member has the value of the variable with its name. */
const SHORTHAND = /([A-Za-z_$][\w$]{0,80})(?=\s{0,80}[,}])/y;

/** `start`: position after the call's opening bracket. */
export function readCall(file: string, start: number): WrittenCall {
  const text = file.slice(0, start + MAX_LENGTH);
  const options: WrittenOption[] = [];
  let at = start;

  /** Position after the string or comment at `at`; `at` if there is none. */
  function skipOpaque(): number {
    const character = text[at] ?? '';
    if (QUOTES.includes(character)) return endOfString(text, at);
    if (text.startsWith('//', at)) return orEnd(text.indexOf('\n', at));
    if (text.startsWith('/*', at)) return orEnd(text.indexOf('*/', at) + 2, 1);
    return at;
  }

  function orEnd(found: number, none = -1): number {
    return found === none ? text.length : found;
  }

  /** Skips to the comma or the bracket that ends a value. */
  function skipValue(): void {
    let depth = 0;
    while (at < text.length) {
      const end = skipOpaque();
      if (end > at) {
        at = end;
        continue;
      }
      const character = text[at] ?? '';
      if (depth === 0 && (character === ',' || CLOSING.includes(character))) return;
      if (OPENING.includes(character)) depth++;
      if (CLOSING.includes(character)) depth--;
      at++;
    }
  }

  function skipBlanks(): void {
    while (at < text.length) {
      const end = skipOpaque();
      if (end > at && !QUOTES.includes(text[at] ?? '')) at = end;
      else if (/\s/.test(text[at] ?? '')) at++;
      else return;
    }
  }

  /** `at` is after the opening brace. */
  function readObject(prefix: string): void {
    while (at < text.length) {
      skipBlanks();
      if (text[at] === '}') {
        at++;
        return;
      }
      const nameAt = at;
      const name = match(MEMBER);
      if (name !== undefined) {
        skipBlanks();
        const valueAt = at;
        const option = { path: `${prefix}${name}`, at: nameAt, start: valueAt };
        const index = options.push({ ...option, end: valueAt }) - 1;
        if (text[at] === '{' && option.path.split('.').length < MAX_DEPTH) {
          at++;
          readObject(`${option.path}.`);
        }
        skipValue();
        options[index] = { ...option, end: at };
      } else {
        const method = match(METHOD);
        if (method !== undefined) at--;
        const member = method ?? match(SHORTHAND);
        skipValue();
        if (member !== undefined) options.push({ path: `${prefix}${member}`, at: nameAt, start: nameAt, end: at });
      }
      if (text[at] === ',') at++;
      else if (text[at] !== '}') return;
    }
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found.slice(1).find((group) => group !== undefined);
  }

  skipBlanks();
  if (text[at] === '{') {
    at++;
    readObject('');
  }
  skipValue();
  while (text[at] === ',') {
    at++;
    skipValue();
  }
  return { options, end: Math.min(at + 1, text.length) };
}

/** Position after the closing quote. In a template literal, expressions count as text. */
function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
    // An unclosed string ends with its line.
    else if (text[at] === '\n' && quote !== '`') return at;
  }
  return text.length;
}
