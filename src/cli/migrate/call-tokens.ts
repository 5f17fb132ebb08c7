/**
 * Finds personal access tokens in `auth` of `new CozeWebSDK.WebChatClient({…})`. A member that only provides a token is removed as a whole:
 * if only its value were emptied, the client would still call it. Members that do more are left to their author.
 */
import type { WrittenOption } from './call-options.js';
import type { Edit } from './finding.js';

/** The token endpoint that replaces tokens in a page. */
export interface TokenEndpoint {
  readonly url: string;
  /** Whether `webchatclient.js` finds the endpoint by its own URL. */
  readonly isBeside: boolean;
}

export interface TokenRemoval {
  /** The members of `auth` to be removed. */
  readonly removed: readonly WrittenOption[];
  /** The edits of all members together. */
  readonly edits: readonly Edit[];
  /** What replaces the members, as the end of a sentence. */
  readonly replacement: string;
}

const TOKEN_LITERAL = /(["'`])(?:pat|sat)_[A-Za-z0-9_-]{1,200}\1/;
/** A function, without white space, that returns `#` and does nothing else: `()=>#`, `asyncfunction(){returnPromise.resolve(#);}`. */
const GIVES_TOKEN =
  /^\w{0,80}(?:\([\w?:,|]{0,80}\))?(?::[\w<>|]{1,80})?(?:=>)?(?:#|Promise\.resolve\(#\)|\{return(?:#|Promise\.resolve\(#\));?\})$/;
const STRING = /^(["'`])\w*\1$/;
/** A name and a colon, without a comment in between that would be lost. */
const NAME = /^["']?\w+["']?\s*:\s*$/;

export function removeTokens(text: string, options: readonly WrittenOption[], endpoint: TokenEndpoint): TokenRemoval {
  const auth = options.find(({ path }) => path === 'auth');
  const members = options.filter(({ path }) => /^auth\.\w+$/.test(path));
  const removed = members.filter((member) => isToken(text, member));
  const [first, ...others] = removed.toSorted((one, other) => Number(isOption(other, 'token')) - Number(isOption(one, 'token')));
  if (auth === undefined || first === undefined) return { removed: [], edits: [], replacement: '' };
  if (endpoint.isBeside && isTokensAlone(text, auth, members, removed))
    return { removed, edits: [cutMember(text, auth)], replacement: 'without "auth" the token endpoint beside the script is asked' };
  const [quote = "'"] = TOKEN_LITERAL.exec(readValue(text, first))?.[1] ?? '';
  const member = `tokenEndpoint: ${quote}${endpoint.url}${quote}`;
  if (members.some((other) => isOption(other, 'tokenEndpoint')))
    return { removed, edits: cutMembers(text, removed), replacement: 'tokenEndpoint is asked' };
  const change = { start: first.at, end: first.start + readValue(text, first).length, text: member };
  return { removed, edits: [change, ...cutMembers(text, others)], replacement: `in its place: ${member}` };
}

function isOption({ path }: WrittenOption, name: string): boolean {
  return path === `auth.${name}`;
}

function readValue(text: string, { start, end }: WrittenOption): string {
  return text.slice(start, end).trimEnd();
}

function isToken(text: string, member: WrittenOption): boolean {
  const value = readValue(text, member);
  const [literal] = TOKEN_LITERAL.exec(value) ?? [];
  if (literal === undefined || !isPlainName(text, member)) return false;
  if (isOption(member, 'token')) return literal === value;
  return isOption(member, 'onRefreshToken') && GIVES_TOKEN.test(value.replace(literal, '#').replaceAll(/\s/g, ''));
}

/** A method has no separate name in front of its value. */
function isPlainName(text: string, { at, start }: WrittenOption): boolean {
  return at === start || NAME.test(text.slice(at, start));
}

/** Whether `auth` contains only the removed members and `type`: no comment, no spread, nothing after the brace. */
function isTokensAlone(text: string, auth: WrittenOption, members: readonly WrittenOption[], removed: readonly WrittenOption[]): boolean {
  const isType = (member: WrittenOption): boolean =>
    isOption(member, 'type') && isPlainName(text, member) && STRING.test(readValue(text, member));
  if (!isPlainName(text, auth) || !members.every((member) => removed.includes(member) || isType(member))) return false;
  const pieces = members.map((member, index) => text.slice(members[index - 1]?.end ?? auth.start, member.at));
  const rest = [...pieces, text.slice(members.at(-1)?.end, auth.end)].join('');
  return /^\{[\s,]*\}\s*$/.test(rest);
}

function cutMembers(text: string, members: readonly WrittenOption[]): readonly Edit[] {
  let done = 0;
  return members
    .toSorted((one, other) => one.at - other.at)
    .map((member) => {
      const edit = cutMember(text, member);
      const start = Math.max(edit.start, done);
      done = edit.end;
      return { ...edit, start };
    });
}

/** Removes the comma as well, and the line if it contains nothing else. */
function cutMember(text: string, member: WrittenOption): Edit {
  const { at, start, end: behind } = member;
  const isLast = text[behind] !== ',';
  const end = isLast ? start + readValue(text, member).length : behind + 1;
  const before = skipBlanks(text, at - 1, -1) + 1;
  const after = skipBlanks(text, end, 1);
  const lineEnd = text.startsWith('\r\n', after) ? after + 2 : text[after] === '\n' ? after + 1 : undefined;
  if (text[before - 1] === '\n' && lineEnd !== undefined) return { start: before, end: lineEnd, text: '' };
  // Not across the end of a line: the line before may end with a comment that contains a comma.
  if (isLast && text[before - 1] === ',') return { start: before - 1, end, text: '' };
  return lineEnd === undefined ? { start: at, end: after, text: '' } : { start: before, end, text: '' };
}

function skipBlanks(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += step;
  return at;
}
