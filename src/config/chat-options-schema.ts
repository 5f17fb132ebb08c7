/** Validates `chatOptions`, which may be any value. */
import * as z from 'zod/mini';
import { resolveOption } from '../core/address.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { fail, type Result, succeed } from '../core/result.js';
import { isBlank } from '../core/values/blank.js';
import { ownMembers } from '../core/values/own-members.js';
import { addIssue } from './add-issue.js';
import type { ChatOptions } from './chat-options.js';
import { pictureHost } from './picture-host.js';

/** What a page may not set: who the visitor is, and what the browser or the API client says itself. */
const RESERVED_HEADERS =
  /^(authorization|proxy-.*|sec-.*|access-control-.*|cookie2?|set-cookie|host|origin|referer|connection|content-.*|transfer-encoding|te|trailer|upgrade|via|date|dnt|expect|keep-alive|accept(-.*)?|x-coze-client-user-agent|agw-js-conv)$/i;
/** RFC 9110 section 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
/** As the SDK reads them (`framework/component/chat-footer`). */
const LINK_PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

const flag = z.optional(z.boolean('must be true or false'));
const plainText = z.string('must be text').check(z.maxLength(10_000, 'is longer than 10000 characters'));
const text = z.optional(plainText);
const nonBlankString = plainText.check(z.refine((text) => !isBlank(text), 'must not be blank'));
const stringRecord = z.optional(z.record(z.string(), plainText, 'must be an object of texts'));
const json = z.optional(
  z.pipe(
    z.record(z.string(), z.unknown(), 'must be an object'),
    z.transform((value, context): Readonly<Record<string, unknown>> => {
      try {
        return JSON.parse(JSON.stringify(value)) as Readonly<Record<string, unknown>>;
      } catch {
        return addIssue(context, 'must be made of what JSON has');
      }
    }),
  ),
);
/** Lengths as the API has them. */
const reason = strictObject({
  text: nonBlankString.check(z.maxLength(30, 'is longer than 30 characters')),
  needsComment: flag,
});
const headers = z
  .record(z.string(), z.string('must be text').check(z.regex(HEADER_VALUE, 'must be printable ASCII')), 'must be an object of texts')
  .check(
    z.superRefine((named, context) => {
      for (const name of Object.keys(named)) {
        if (!HEADER_NAME.test(name)) addIssue(context, 'has a name that no header can have');
        if (RESERVED_HEADERS.test(name)) addIssue(context, `may not have ${name}: it is not a page’s to set`);
      }
    }),
  );

/** `pageUrl` is what relative URLs are resolved against. */
function schemaFor(pageUrl: string) {
  const url = (schemes: readonly string[], names: string) =>
    z.pipe(
      nonBlankString,
      z.transform((value, context) => resolveOption(value, pageUrl, schemes) ?? addIssue(context, `is not ${names} URL`)),
    );
  const picture = url(['http:', 'https:'], 'an http(s)');
  const link = strictObject({ text: nonBlankString, url: url(['http:', 'https:', 'mailto:'], 'an http(s) or mailto') });
  const footer = strictObject({ shown: flag, text, links: z.optional(z.record(z.string(), link, 'must be an object')) }).check(
    z.superRefine(({ text = '', links = {} }, context) => {
      const unknown = [...text.matchAll(LINK_PLACEHOLDER)].find(([, name = '']) => !Object.hasOwn(links, name));
      if (unknown !== undefined) addIssue(context, `has no link for ${unknown[0]}`);
    }),
  );
  return strictObject({
    header: z.optional(strictObject({ shown: flag, closeButton: flag })),
    layout: z.optional(z.enum(['pc', 'mobile'], 'must be pc or mobile')),
    messageLayout: z.optional(z.enum(['sides', 'column'], 'must be sides or column')),
    maxWidth: z.optional(z.number('must be a number').check(z.gte(300, 'must be 300 or more'))),
    readOnly: flag,
    input: z.optional(strictObject({ shown: flag, placeholder: text, defaultText: text, tasks: flag })),
    upload: flag,
    voice: z.optional(strictObject({ input: flag, voiceId: z.optional(nonBlankString) })),
    clearContext: flag,
    clearMessages: flag,
    conversations: flag,
    ownData: flag,
    suggestions: flag,
    shortcuts: flag,
    senderNames: flag,
    assistant: z.optional(
      strictObject({
        name: text,
        description: text,
        icon: z.optional(picture),
        welcome: text,
        suggestions: z.optional(z.array(nonBlankString, 'must be a list of texts')),
        allSuggestions: flag,
      }),
    ),
    process: z.optional(z.enum(['hidden', 'folded', 'open'], 'must be hidden, folded or open')),
    feedback: z.optional(
      strictObject({
        shown: flag,
        title: text,
        placeholder: text,
        reasons: z.optional(z.array(reason, 'must be a list of reasons').check(z.maxLength(10, 'has more than 10 reasons'))),
      }),
    ),
    aiLabel: z.optional(strictObject({ shown: flag, text: z.optional(nonBlankString) })),
    footer: z.optional(footer),
    background: z.optional(strictObject({ image: picture, color: text })),
    pictureHosts: z.optional(z.array(pictureHost, 'must be a list of texts')),
    followUps: z.optional(strictObject({ mode: z.optional(z.int('must be a whole number')), prompt: text })),
    conversationName: z.optional(nonBlankString),
    parameters: json,
    customVariables: stringRecord,
    extraParameters: stringRecord,
    metaData: stringRecord,
    requestHeaders: z.optional(headers),
  });
}

/** The first thing wrong is named by its path; its value is not repeated. Never throws, whatever the object is. */
export function parseChatOptions(raw: unknown, pageUrl: string): Result<ChatOptions, Problem> {
  try {
    const parsed = schemaFor(pageUrl).safeParse(ownMembers(raw));
    if (parsed.success) return succeed(parsed.data as ChatOptions);
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    return fail(invalidOption(`${['chatOptions', ...path].join('.')} ${message}`));
  } catch {
    return fail(invalidOption('chatOptions cannot be read'));
  }
}

/** An object with these names and no other. */
function strictObject<T extends z.core.$ZodShape>(members: T): z.ZodMiniObject<T, z.core.$strict> {
  return z.strictObject(members, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `has no option called ${issue.keys[0] ?? ''}` : 'must be an object'),
  });
}

function invalidOption(sentence: string): Problem {
  return { code: ErrorCode.InvalidConfiguration, message: `<coze-chat>: ${sentence}.`, retryable: false };
}
