/** Validates raw attribute and property values; returns a typed config or the first problem. Never throws. */
import { resolveOption } from '../core/address.js';
import type { Problem } from '../core/errors.js';
import { fail, type Result, succeed } from '../core/result.js';
import { isLoopback } from '../core/secure-url.js';
import { parseUrl, trimTrailingSlashes } from '../core/url.js';
import { toKebabCase } from '../core/values/kebab-case.js';
import {
  anything,
  check,
  choice,
  matching,
  members,
  named,
  notBlank,
  optional,
  refuse,
  text,
  textUpTo,
  withDefault,
} from '../core/values/shape.js';
import { type Language, toLanguage } from '../locales/language.js';
import { validateCustomStrings } from '../locales/strings.js';
import type { ChatStrings } from '../locales/translations/en.js';
import type { GetToken } from '../token/request/token-requester.js';
import type { ChatTarget } from './chat-target.js';
import { invalidConfiguration } from './configuration-problem.js';
import { type IdentityInput, identityKey, missingProperty } from './identity.js';
import { pictureHost } from './picture-host.js';

/** The element's properties, unvalidated. */
export interface ConfigInput {
  readonly tokenEndpoint: unknown;
  readonly getToken: unknown;
  readonly credentials: unknown;
  readonly botId: unknown;
  readonly appId: unknown;
  readonly workflowId: unknown;
  readonly userId: unknown;
  readonly userName: unknown;
  readonly userAvatar: unknown;
  readonly identityToken: unknown;
  readonly apiBaseUrl: unknown;
  readonly connectorId: unknown;
  readonly pictureHosts: unknown;
  readonly conversationId: unknown;
  readonly locale: unknown;
  readonly strings: unknown;
}

/** The settings that decide whose conversation is shown (`identity.ts`). A change removes the current chat. */
export interface VisitorIdentity {
  /** Absolute URL, or the host's function. */
  readonly tokenProvider: { readonly tokenEndpoint: string; readonly getToken?: never } | { readonly getToken: GetToken };
  readonly credentials: RequestCredentials;
  readonly userId: string | undefined;
  readonly identityToken: string | undefined;
  readonly target: ChatTarget;
  /** Without a trailing slash. */
  readonly apiBaseUrl: string;
  readonly connectorId: string;
}

/** Settings that may change without a change of identity. */
export interface Presentation {
  readonly userName: string;
  /** Absolute URL, or `''`. */
  readonly userAvatar: string;
  /** As sources of a content security policy. */
  readonly pictureHosts: readonly string[];
  readonly locale: Language;
  /** The host's strings, in place of those of the language. */
  readonly strings: Partial<ChatStrings>;
}

export interface ChatConfig {
  readonly identity: VisitorIdentity;
  readonly presentation: Presentation;
  /** The conversation that opens at the start, or in the running chat. Empty for the newest. */
  readonly conversationId: string;
}

const DEFAULT_API_BASE_URL = 'https://api.coze.cn';
/** The channel of the Chat SDK. */
const DEFAULT_CONNECTOR_ID = '999';

const nonBlankText = (value: unknown): string => notBlank(text(value).trim());
/** Any other text is a placeholder that was left in the page. */
const cozeId = (value: unknown): string => matching(nonBlankText(value), /^[\w-]+$/, 'must be an id: letters and digits');
const visitorText = optional(textUpTo(1024));

/** Without a scheme, `127.0.0.1:4310` would be a path of the page's own site. */
const API_BASE_URL = /^(?:[a-z][a-z\d+.-]*:\/\/|[./])/i;
/** Excludes Coze's website, and URLs that end with a path of the API such as `/v3`. */
const API_ROOT = /^https?:\/\/(?!(?:www\.)?coze\.(?:cn|com)[:/])(?!.*\/(?:v\d+|open_api)\/*$)/;

/** `pageUrl` is the base of relative URLs, and tells whether the page is secure. */
function shapeFor(pageUrl: string) {
  return members(
    {
      tokenEndpoint: optional((value) => toAbsolute(nonBlankText(value), pageUrl)),
      getToken: optional((value) => (typeof value === 'function' ? (value as GetToken) : refuse('must be a function'))),
      credentials: withDefault(choice(['same-origin', 'include', 'omit'], 'must be same-origin, include or omit'), 'same-origin'),
      botId: optional(cozeId),
      appId: optional(cozeId),
      workflowId: optional(cozeId),
      userId: visitorText,
      userName: visitorText,
      userAvatar: visitorText,
      identityToken: optional((value) => matching(text(value), /^[\w-]+\.[\w-]+\.[\w-]+$/, 'is not a JWT')),
      apiBaseUrl: (value = DEFAULT_API_BASE_URL) => toApiRoot(nonBlankText(value), pageUrl),
      connectorId: withDefault(nonBlankText, DEFAULT_CONNECTOR_ID),
      pictureHosts: withDefault(toPictureHosts, []),
      conversationId: withDefault(textUpTo(1024), ''),
      locale: withDefault(text, ''),
      strings: withDefault(toCustomStrings, {}),
    },
    'must be an object',
  );
}

function toAbsolute(text: string, pageUrl: string): string {
  const url = parseUrl(text, pageUrl);
  if (url === undefined || !/^https?:$/.test(url.protocol)) refuse('is not an http(s) URL');
  if (url.username !== '' || url.password !== '') refuse('must not contain a user name or password');
  if (isMixedContent(url, pageUrl)) refuse('is an http URL on an https page, which browsers block');
  return url.href;
}

function toApiRoot(text: string, pageUrl: string): string {
  const url = toAbsolute(matching(text, API_BASE_URL, 'must begin with https:// or /'), pageUrl);
  return matching(url, API_ROOT, `must be the root of the API, such as ${DEFAULT_API_BASE_URL}`);
}

function toPictureHosts(value: unknown): string[] {
  return textUpTo(4096)(value)
    .split(/\s/)
    .filter((host) => host !== '')
    .map(pictureHost);
}

function toCustomStrings(value: unknown): Partial<ChatStrings> {
  const own = named(anything, 'must be an object')(value);
  const problem = validateCustomStrings(own);
  return problem === undefined ? (own as Partial<ChatStrings>) : refuse(problem);
}

/** Reports the first error by its attribute, without the value. */
export function parseConfig(raw: ConfigInput, pageUrl: string): Result<ChatConfig, Problem> {
  // An empty or removed attribute counts as absent.
  const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== '' && value !== null));
  const parsed = check(shapeFor(pageUrl), present);
  if (!parsed.ok) return fail(invalidConfiguration(`${toAttribute(parsed.error.path[0])} ${parsed.error.message}`));
  const { tokenEndpoint, getToken, credentials, userId, userName, userAvatar, identityToken, apiBaseUrl, connectorId } = parsed.value;
  const { pictureHosts, conversationId, locale, strings } = parsed.value;
  const missing = missingProperty(parsed.value);
  if (missing !== undefined) return fail(invalidConfiguration(`${toKebabCase(missing)} is missing`));
  const target = parseChatTarget(parsed.value);
  if (typeof target === 'string') return fail(invalidConfiguration(target));

  return succeed({
    identity: {
      tokenProvider: getToken === undefined ? { tokenEndpoint: tokenEndpoint ?? '' } : { getToken },
      credentials,
      target,
      userId,
      identityToken,
      apiBaseUrl: trimTrailingSlashes(apiBaseUrl),
      connectorId,
    },
    presentation: {
      userName: userName ?? '',
      // The avatar comes from a profile, not from the page's author, so an invalid one is ignored.
      userAvatar: (userAvatar && resolveOption(userAvatar, pageUrl)) || '',
      pictureHosts,
      locale: toLanguage(locale),
      strings,
    },
    conversationId,
  });
}

/**
 * Whether both identities belong to the same visitor and bot. A renewed `identityToken` of a named visitor and a new `getToken` function do
 * not count as a change: the backend checks the token, and this package checks the subject of the response.
 */
export function isSameIdentity(one: VisitorIdentity, other: VisitorIdentity): boolean {
  return identityKey(toIdentityInput(one)) === identityKey(toIdentityInput(other));
}

export function isSamePresentation(one: Presentation, other: Presentation): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The identity as properties, by the names that `identity.ts` uses. */
export function toIdentityInput(identity: VisitorIdentity): IdentityInput {
  return { ...identity, ...identity.tokenProvider, ...identity.target };
}

interface ChatTargetIds {
  readonly botId?: string | undefined;
  readonly appId?: string | undefined;
  readonly workflowId?: string | undefined;
}

/** Returns the target, or a sentence about the invalid ids. */
function parseChatTarget({ botId, appId, workflowId }: ChatTargetIds): ChatTarget | string {
  if (appId === undefined) {
    if (workflowId !== undefined) return 'app-id is missing';
    return { botId: botId ?? '' };
  }
  if (botId !== undefined) return 'bot-id and app-id exclude each other';
  return workflowId === undefined ? 'workflow-id is missing' : { appId, workflowId };
}

/** `getToken` has no attribute. */
function toAttribute(property: unknown): string {
  return property === 'getToken' ? property : toKebabCase(String(property));
}

function isMixedContent(target: URL, pageUrl: string): boolean {
  return pageUrl.startsWith('https:') && target.protocol === 'http:' && !isLoopback(target);
}
