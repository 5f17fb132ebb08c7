/** From attributes and properties, as anybody may have written them, to a configuration the rest can rely on. Nothing throws. */
import * as z from 'zod/mini';
import { ErrorCode, type Problem } from '../core/errors.js';
import { toKebabCase } from '../core/kebab-case.js';
import { type Result, fail, succeed } from '../core/result.js';
import { isLoopback } from '../core/secure-url.js';
import { addIssue } from './add-issue.js';
import type { Assistant } from './assistant.js';
import { type Language, languageOf } from '../locales/language.js';
import type { ChatStrings } from '../locales/translations/en.js';
import { objectionToStrings } from '../locales/strings.js';
import type { GetToken } from '../token/request/token-requester.js';

/** The element's properties as they are. */
export interface RawConfig {
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
  readonly locale: unknown;
  readonly strings: unknown;
}

/** What tokens and conversations belong to. Another one means another visitor, as far as anybody can tell. */
export interface ChatIdentity {
  /** Absolute URL, or the host's function. */
  readonly tokenFrom: { readonly endpoint: string } | { readonly getToken: GetToken };
  readonly credentials: RequestCredentials;
  readonly userId: string | undefined;
  readonly identityToken: string | undefined;
  readonly assistant: Assistant;
  /** Without a slash at its end. */
  readonly apiBaseUrl: string;
  readonly connectorId: string;
}

/** What may change without another visitor. */
export interface Presentation {
  readonly userName: string;
  readonly userAvatar: string;
  readonly locale: Language;
  /** The host's own, instead of those of the language. */
  readonly strings: Partial<ChatStrings>;
}

export interface ChatConfig {
  readonly identity: ChatIdentity;
  readonly presentation: Presentation;
}

const DEFAULT_API_BASE_URL = 'https://api.coze.cn';
/** Chat SDK channel. */
const DEFAULT_CONNECTOR_ID = '999';

const string = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') });
const text = string.check(z.trim(), z.minLength(1, 'must not be blank'));
const optionalText = z.optional(string.check(z.maxLength(1024, 'is longer than 1024 characters')));

/** `127.0.0.1:4310` would be a path of the page's own site. */
const apiAddress = text.check(z.regex(/^(?:[a-z][a-z\d+.-]*:\/\/|[./])/i, 'must begin with https:// or /'));

const ownStrings = z.pipe(
  z.record(z.string(), z.unknown(), 'must be an object'),
  z.transform((value, context) => {
    const objection = objectionToStrings(value);
    return objection === undefined ? (value as Partial<ChatStrings>) : addIssue(context, objection);
  }),
);

/** `pageUrl` is what relative URLs are resolved against and what says whether the page is secure. */
function schemaFor(pageUrl: string) {
  const absolute = z.transform((value: string, context) => {
    const resolved = URL.canParse(value, pageUrl) ? new URL(value, pageUrl) : undefined;
    if (resolved === undefined || !/^https?:$/.test(resolved.protocol)) return addIssue(context, 'is not an http(s) URL');
    if (resolved.username !== '' || resolved.password !== '') return addIssue(context, 'must not contain a user name or password');
    if (isMixedContent(resolved, pageUrl)) return addIssue(context, 'is an http URL on an https page, which browsers block');
    return resolved.href;
  });
  return z.object({
    tokenEndpoint: z.optional(z.pipe(text, absolute)),
    getToken: z.optional(z.custom<GetToken>((value) => typeof value === 'function', 'must be a function')),
    credentials: z._default(z.enum(['same-origin', 'include', 'omit'], 'must be same-origin, include or omit'), 'same-origin'),
    botId: z.optional(text),
    appId: z.optional(text),
    workflowId: z.optional(text),
    userId: optionalText,
    userName: optionalText,
    userAvatar: optionalText,
    identityToken: z.optional(string.check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'is not a JWT'))),
    apiBaseUrl: z.prefault(z.pipe(apiAddress, absolute), DEFAULT_API_BASE_URL),
    connectorId: z._default(text, DEFAULT_CONNECTOR_ID),
    locale: z._default(string, ''),
    strings: z._default(ownStrings, {}),
  });
}

/** The first thing wrong is named by its attribute; its value is not repeated. */
export function parseConfig(raw: RawConfig, pageUrl: string): Result<ChatConfig, Problem> {
  // An attribute that is empty or was removed is as good as none.
  const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== '' && value !== null));
  const parsed = schemaFor(pageUrl).safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(invalidConfiguration(`${attributeName(String(issue?.path[0] ?? ''))} ${issue?.message ?? 'is invalid'}`));
  }
  const { tokenEndpoint, getToken, credentials, userId, identityToken, apiBaseUrl, connectorId, ...rest } = parsed.data;
  const assistant = assistantOf(rest);
  if (typeof assistant === 'string') return fail(invalidConfiguration(assistant));
  if (getToken === undefined && tokenEndpoint === undefined) return fail(invalidConfiguration('token-endpoint is missing'));

  return succeed({
    identity: {
      tokenFrom: getToken === undefined ? { endpoint: tokenEndpoint ?? '' } : { getToken },
      credentials,
      assistant,
      userId,
      identityToken,
      apiBaseUrl: apiBaseUrl.replace(/\/+$/, ''),
      connectorId,
    },
    presentation: {
      userName: rest.userName ?? '',
      userAvatar: rest.userAvatar ?? '',
      locale: languageOf(rest.locale),
      strings: rest.strings,
    },
  });
}

/**
 * Whether both belong to the same visitor and bot. A renewed `identityToken` for a named user is not another visitor: what it
 * proves is checked by the backend, and the subject of its answer by us. Nor is a new `getToken` function: frameworks make one at every
 * render.
 */
export function isSameIdentity(one: ChatIdentity, other: ChatIdentity): boolean {
  return identityKey(one) === identityKey(other);
}

/**
 * Chats of the same scope are asked for by the same cookies, so that a log-in in another tab is theirs too. `undefined` where only
 * the page knows: with `getToken`, an identity token, or without cookies.
 */
export function logInScope({ tokenFrom, credentials, identityToken }: ChatIdentity): string | undefined {
  if (!('endpoint' in tokenFrom) || identityToken !== undefined || credentials === 'omit') return undefined;
  return tokenFrom.endpoint;
}

export function isSamePresentation(one: Presentation, other: Presentation): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function identityKey({ tokenFrom, credentials, userId, identityToken, assistant, apiBaseUrl, connectorId }: ChatIdentity): string {
  const endpoint = 'endpoint' in tokenFrom ? tokenFrom.endpoint : null;
  return JSON.stringify([
    endpoint,
    credentials,
    userId ?? null,
    userId === undefined ? identityToken : null,
    assistant,
    apiBaseUrl,
    connectorId,
  ]);
}

interface AssistantIds {
  readonly botId?: string | undefined;
  readonly appId?: string | undefined;
  readonly workflowId?: string | undefined;
}

/** What is wrong with the ids otherwise. */
function assistantOf({ botId, appId, workflowId }: AssistantIds): Assistant | string {
  if (appId === undefined) {
    if (workflowId !== undefined) return 'app-id is missing';
    return botId === undefined ? 'bot-id is missing' : { botId };
  }
  if (botId !== undefined) return 'bot-id and app-id exclude each other';
  return workflowId === undefined ? 'workflow-id is missing' : { appId, workflowId };
}

function invalidConfiguration(sentence: string): Problem {
  return { code: ErrorCode.InvalidConfiguration, message: `<coze-chat>: ${sentence}.`, retryable: false };
}

function attributeName(property: string): string {
  return property === 'getToken' ? property : toKebabCase(property);
}

function isMixedContent(target: URL, pageUrl: string): boolean {
  return pageUrl.startsWith('https:') && target.protocol === 'http:' && !isLoopback(target);
}
