/**
 * Finds the places in a file's text that use Coze's own client, or that must not be in a page. The text itself is never repeated in a
 * message.
 */
import { PERSONAL_TOKEN, PRIVATE_KEY } from '../secrets.js';
import { readCall, type WrittenOption } from './call-options.js';
import { removeTokens, type TokenEndpoint, type TokenRemoval } from './call-tokens.js';
import type { Change, Edit, Place } from './finding.js';
import { OPTION_ADVICE } from './option-advice.js';
import { findNamesake, findUnknownOptions } from './unknown-options.js';

export interface MigrateTarget {
  /** URL of our script on the site. */
  readonly script: string;
  /** URL of the token endpoint; `''` for the one beside the script. */
  readonly tokenEndpoint: string;
}

/** The end of the URL, in one string; it contains the version and the region. */
const ADDRESS_END = /\/chat-app-sdk\/([^\s"'`<>\\/]{1,60})\/libs\/(cn|oversea)\/index\.js(?:\?[^\s"'`<>\\]{0,200})?/g;
/** A character of the URL before that end. */
const HOST_AND_PATH = /^[\w./:-]$/;
const MAX_HOST_AND_PATH = 300;
/** A URL that is concatenated from parts. */
const ADDRESS_PART = /flow-platform\/chat-app-sdk\b/g;
/** Also as TypeScript needs it: `new (window as any).CozeWebSDK.WebChatClient(`, `new window.CozeWebSDK!.WebChatClient(`. */
const CLIENT_CALL =
  /\bnew(?:\s{1,20}|(?=\())(?:\([^()]{1,120}\)!?\??\.)?(?:\w{1,40}(?:\[["']\w{1,40}["']\])?!?\??\.){0,3}WebChatClient\s{0,20}\(/g;
const CLIENT_PACKAGE = /(["'])(?:@[\w-]{1,60}\/(?:chat-app-sdk|open-chat)|@coze\/chat-sdk)(?:\/[^"'\s]{0,100})?\1/g;
const TOKEN_LITERAL = /(["'`])((?:pat|sat)_[A-Za-z0-9_-]{1,200})\1/g;

/**
 * Maximum number of matches of a pattern in one file, to bound the run time: real files have a few. The remaining matches show up once
 * these are fixed.
 */
const MAX_MATCHES = 500;

const REGIONS = { cn: 'China', oversea: 'outside of China' } as const;

export function findPlaces(text: string, target: MigrateTarget): readonly Place[] {
  const endpoint = toTokenEndpoint(target);
  const calls = matches(text, CLIENT_CALL).map((call) => readClientCall(text, call.index + call[0].length, endpoint));
  const addresses = findAddresses(text, target, calls);
  const inCalls = calls.flatMap((call) => findInCall(text, call));
  // Position after the quote.
  const known = new Set(inCalls.map(({ at }) => at + 1));
  const isInAddress = (at: number): boolean => addresses.some(({ at: start, length }) => at >= start && at < start + length);
  return [
    ...addresses,
    ...inCalls,
    ...matches(text, ADDRESS_PART).flatMap(({ index }) => (isInAddress(index) ? [] : [{ at: index, ...ADDRESS_IN_PARTS }])),
    ...matches(text, CLIENT_PACKAGE).map(({ index }) => ({ at: index, ...PACKAGE_OF_COZE })),
    ...matches(text, global(PERSONAL_TOKEN)).flatMap(({ index }) => (known.has(index) ? [] : [{ at: index, ...TOKEN_IN_FILE }])),
    ...matches(text, global(PRIVATE_KEY)).map(({ index }) => ({ at: index, ...KEY_IN_FILE })),
  ].toSorted((one, other) => one.at - other.at);
}

interface ClientCall {
  readonly options: readonly WrittenOption[];
  readonly start: number;
  readonly end: number;
  readonly removal: TokenRemoval;
}

function readClientCall(text: string, start: number, endpoint: TokenEndpoint): ClientCall {
  const { options, end } = readCall(text, start);
  return { start, options, end, removal: removeTokens(text, options, endpoint) };
}

function toTokenEndpoint({ script, tokenEndpoint }: MigrateTarget): TokenEndpoint {
  if (tokenEndpoint !== '') return { url: tokenEndpoint, isBeside: false };
  // For a script on another site, the token endpoint is not looked up beside the script.
  return { url: new URL('token', new URL(script, 'https://site.invalid')).pathname, isBeside: /^\/(?!\/)/.test(script) };
}

interface Address extends Place {
  readonly length: number;
}

/**
 * Start of the URL whose path begins at `end`; `undefined` if there is no host before it. Not a regular expression, because that would try
 * each start.
 */
function findAddressStart(text: string, end: number): number | undefined {
  const limit = Math.max(0, end - MAX_HOST_AND_PATH);
  let first = end;
  while (first > limit && HOST_AND_PATH.test(text.charAt(first - 1))) first--;
  const at = text.lastIndexOf('//', end - 1);
  if (at < first || at + 2 >= end) return undefined;
  const scheme = ['https:', 'http:'].find((name) => text.endsWith(name, at)) ?? '';
  return at - scheme.length;
}

function findAddresses(text: string, target: MigrateTarget, calls: readonly ClientCall[]): readonly Address[] {
  return matches(text, ADDRESS_END).flatMap(({ index: endIndex, 0: ending, 1: version = '', 2: region }): Address | [] => {
    const at = findAddressStart(text, endIndex);
    if (at === undefined) return [];
    const end = endIndex + ending.length;
    const name = /^[\w.-]+$/.test(version) ? version : 'its version by a variable';
    const what = `The script of Coze’s own client (${name}, ${REGIONS[region as keyof typeof REGIONS]}).`;
    const place = { at, length: end - at, kind: 'todo', what } as const;
    const tag = findTag(text, at);
    if (tag !== undefined && /\sintegrity\s*=/i.test(tag))
      return { ...place, advice: `Make its address ${target.script}, and take out integrity, which is of the other file.` };
    const edit: Edit = { start: at, end, text: target.script };
    const apiBaseUrl = region === 'oversea' ? OVERSEA_API : undefined;
    const solution = tag === undefined ? changeInScript(text, edit, { target, calls, apiBaseUrl }) : changeInTag(edit, target, apiBaseUrl);
    return { ...place, ...solution };
  });
}

type Solution = Pick<Place, 'advice' | 'change'>;

/** The tag gets what the script cannot find out itself. `apiBaseUrl`: `undefined` if it is the default. */
function changeInTag(addressEdit: Edit, { script, tokenEndpoint }: MigrateTarget, apiBaseUrl: string | undefined): Solution {
  const attributes = [
    ...(apiBaseUrl === undefined ? [] : [`data-api-base-url="${apiBaseUrl}"`]),
    ...(tokenEndpoint === '' ? [] : [`data-token-endpoint="${tokenEndpoint}"`]),
  ];
  const added = attributes.map((attribute) => ` ${attribute}`).join('');
  const afterQuote = addressEdit.end + 1;
  const edits = [addressEdit, ...(added === '' ? [] : [{ start: afterQuote, end: afterQuote, text: added }])];
  return {
    advice: `Make its address ${script}${added === '' ? '' : `, and add${added}`}.`,
    change: { edits, done: `The address is now ${script}${added === '' ? '' : `, with${added}`}.` },
  };
}

interface ScriptContext {
  readonly target: MigrateTarget;
  readonly calls: readonly ClientCall[];
  /** `undefined` if it is the default. */
  readonly apiBaseUrl: string | undefined;
}

/** If a script creates the element, the client's options have to contain what its tag cannot. Without a call to put them into, there is no safe change. */
function changeInScript(text: string, addressEdit: Edit, { target, calls, apiBaseUrl }: ScriptContext): Solution {
  const { script, tokenEndpoint } = target;
  const insertions = calls.flatMap((call) => [
    ...(apiBaseUrl === undefined ? [] : insertMember(text, call, 'config', 'apiBaseUrl', apiBaseUrl)),
    ...(tokenEndpoint === '' || hasTokens(call) ? [] : insertMember(text, call, 'auth', 'tokenEndpoint', tokenEndpoint)),
  ]);
  const wanted = [
    ...(apiBaseUrl === undefined ? [] : [`config: { apiBaseUrl: '${apiBaseUrl}' }`]),
    ...(tokenEndpoint === '' ? [] : [`auth: { tokenEndpoint: '${tokenEndpoint}' }`]),
  ].join(' and ');
  const needed = (apiBaseUrl === undefined ? 0 : 1) + (tokenEndpoint === '' || calls.some(hasTokens) ? 0 : 1);
  const change: Change = {
    edits: [addressEdit, ...insertions],
    done: `The address is now ${script}${wanted === '' ? '' : `; the client has ${wanted}`}.`,
  };
  const advice = `Make its address ${script}${wanted === '' ? '' : `, and give the client ${wanted}`}.`;
  return { advice, ...(insertions.length >= needed && { change }) };
}

/** Calls whose tokens are replaced by an endpoint. */
function hasTokens({ removal }: ClientCall): boolean {
  return removal.removed.length > 0;
}

const OVERSEA_API = 'https://api.coze.com';

/** Inserts an object literal that the call lacks. */
function insertMember(text: string, { options }: ClientCall, object: string, name: string, value: string): readonly Edit[] {
  const found = options.find(({ path }) => path === object);
  if (found === undefined || text[found.start] !== '{' || options.some(({ path }) => path === `${object}.${name}`)) return [];
  return [{ start: found.start + 1, end: found.start + 1, text: ` ${name}: '${value}',` }];
}

/** The script tag that contains the attribute at this position. */
function findTag(text: string, at: number): string | undefined {
  const start = text.lastIndexOf('<', at);
  const head = start < 0 || at - start > 2000 ? '' : text.slice(start, at);
  if (!/^<script\b/i.test(head) || head.includes('>') || !/\ssrc\s*=\s*["']$/i.test(head)) return undefined;
  const end = text.indexOf('>', at);
  return end < 0 ? undefined : text.slice(start, end);
}

function findInCall(text: string, { options, start, end, removal }: ClientCall): readonly Place[] {
  const isGone = (at: number): boolean => removal.removed.some((member) => at >= member.at && at < member.end);
  return [
    ...matches(text.slice(start, end), TOKEN_LITERAL).map(({ index }) =>
      tokenInCall(start + index, isGone(start + index) ? removal : undefined),
    ),
    ...options.flatMap((option) => (removal.removed.includes(option) ? [] : describeOption(option))),
    ...findUnknownOptions(options).map(describeUnknown),
  ];
}

const IN_THE_CONSOLE = 'elete it in Coze’s console: everybody who has opened the page has it, and with it your account.';

/** A token that cannot be removed safely is left to its author. */
function tokenInCall(at: number, removal: TokenRemoval | undefined): Place {
  const what = 'A personal access token in the call of WebChatClient.';
  const todo = `D${IN_THE_CONSOLE} Take it out of the file`;
  if (removal === undefined) return { at, kind: 'todo', what, advice: `${todo}.` };
  const { edits, replacement } = removal;
  const done = `It was taken out of the file; ${replacement}. Left to you: d${IN_THE_CONSOLE}`;
  return { at, kind: 'todo', what, advice: `${todo}; ${replacement}.`, change: { edits, done } };
}

function describeUnknown({ path, at }: WrittenOption): Place {
  const namesake = findNamesake(path);
  const advice = namesake === undefined ? 'Take it out: it has no effect.' : `Perhaps ${namesake} was meant.`;
  return { at, kind: 'note', what: `There is no option ${path}.`, advice };
}

function describeOption({ path, at }: WrittenOption): readonly Place[] {
  const advice = Object.hasOwn(OPTION_ADVICE, path) ? OPTION_ADVICE[path] : undefined;
  return advice === undefined ? [] : [{ at, kind: advice.kind, what: `The option ${path}.`, advice: advice.advice }];
}

const ADDRESS_IN_PARTS = {
  kind: 'todo',
  what: 'The address of Coze’s own client, or a part of it.',
  advice: 'Load webchatclient.js from your own site instead, and drop the version from its address.',
} as const;
const PACKAGE_OF_COZE = {
  kind: 'todo',
  what: 'Coze’s own client as a package.',
  advice: 'Install coze-chat-embed instead, import coze-chat-embed/define, and write <coze-chat>.',
} as const;
const TOKEN_IN_FILE = {
  kind: 'todo',
  what: 'A personal access token.',
  advice: 'If browsers get this file: delete the token in Coze’s console, and take it out. Only the server may have one.',
} as const;
const KEY_IN_FILE = {
  kind: 'todo',
  what: 'A private key.',
  advice: 'If browsers get this file: delete the key in Coze’s console, and take it out. Only the server may have it.',
} as const;

function matches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(pattern)) if (found.push(match) >= MAX_MATCHES) break;
  return found;
}

function global({ source, flags }: RegExp): RegExp {
  return new RegExp(source, `${flags}g`);
}
