/** Validates `chatOptions`, which may be any value. */
import { resolveOption } from '../core/address.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { fail, type Result } from '../core/result.js';
import { ownMembers } from '../core/values/own-members.js';
import {
  anything,
  check,
  choice,
  list,
  matching,
  members,
  named,
  notBlank,
  optional,
  refuse,
  type Shape,
  text,
  textUpTo,
} from '../core/values/shape.js';
import type { ChatOptions, FeedbackReason, FooterOptions } from './chat-options.js';
import { pictureHost } from './picture-host.js';

/** Headers that a page may not set: those that identify the visitor, and those that the browser or the API client sets. */
const RESERVED_HEADERS =
  /^(authorization|proxy-.*|sec-.*|access-control-.*|cookie2?|set-cookie|host|origin|referer|connection|content-.*|transfer-encoding|te|trailer|upgrade|via|date|dnt|expect|keep-alive|accept(-.*)?|x-coze-client-user-agent|agw-js-conv)$/i;
/** RFC 9110 section 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
/** The placeholder of a link in the SDK's syntax (`framework/component/chat-footer`). */
const LINK_PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

const LONGEST_TEXT = 10_000;

const plainText = textUpTo(LONGEST_TEXT);
const nonBlankText = (value: unknown): string => notBlank(plainText(value));

const flag = optional((value) => (typeof value === 'boolean' ? value : refuse('must be true or false')));
const optionalText = optional(plainText);
const optionalName = optional(nonBlankText);
const namedTexts = optional(named(plainText, 'must be an object of texts'));
/** The limits are those of Coze's API. */
const reason = options({ text: (value) => textUpTo(30)(nonBlankText(value)), needsComment: flag });

/** `pageUrl` is the base of relative URLs. */
function shapeFor(pageUrl: string) {
  const url = (schemes: readonly string[], names: string) => (value: unknown) =>
    resolveOption(nonBlankText(value), pageUrl, schemes) ?? refuse(`is not ${names} URL`);
  const picture = url(['http:', 'https:'], 'an http(s)');
  const link = options({ text: nonBlankText, url: url(['http:', 'https:', 'mailto:'], 'an http(s) or mailto') });
  const footer = options({ shown: flag, text: optionalText, links: optional(named(link, 'must be an object')) });
  return options({
    header: optional(options({ shown: flag, closeButton: flag })),
    layout: optional(choice(['pc', 'mobile'], 'must be pc or mobile')),
    messageLayout: optional(choice(['sides', 'column'], 'must be sides or column')),
    maxWidth: optional(toWidth),
    readOnly: flag,
    input: optional(options({ shown: flag, placeholder: optionalText, defaultText: optionalText, tasks: flag })),
    upload: flag,
    voice: optional(options({ input: flag, voiceId: optionalName })),
    clearContext: flag,
    clearMessages: flag,
    conversations: flag,
    ownData: flag,
    suggestions: flag,
    shortcuts: flag,
    senderNames: flag,
    assistant: optional(
      options({
        name: optionalText,
        description: optionalText,
        icon: optional(picture),
        welcome: optionalText,
        suggestions: optional(list(nonBlankText, 'must be a list of texts')),
        allSuggestions: flag,
      }),
    ),
    process: optional(choice(['hidden', 'folded', 'open'], 'must be hidden, folded or open')),
    feedback: optional(options({ shown: flag, title: optionalText, placeholder: optionalText, reasons: optional(toReasons) })),
    aiLabel: optional(options({ shown: flag, text: optionalName })),
    footer: optional((value) => withLinks(footer(value))),
    background: optional(options({ image: picture, color: optionalText })),
    pictureHosts: optional(list(pictureHost, 'must be a list of texts')),
    followUps: optional(options({ mode: optional(toWholeNumber), prompt: optionalText })),
    conversationName: optionalName,
    parameters: optional(toJson),
    customVariables: namedTexts,
    extraParameters: namedTexts,
    metaData: namedTexts,
    requestHeaders: optional(toHeaders),
  });
}

function toWidth(value: unknown): number {
  if (!Number.isFinite(value)) refuse('must be a number');
  return Number(value) >= 300 ? Number(value) : refuse('must be 300 or more');
}

function toWholeNumber(value: unknown): number {
  return Number.isSafeInteger(value) ? Number(value) : refuse('must be a whole number');
}

function toReasons(value: unknown): readonly FeedbackReason[] {
  const reasons = list(reason, 'must be a list of reasons')(value);
  return reasons.length > 10 ? refuse('has more than 10 reasons') : reasons;
}

function withLinks(footer: FooterOptions): FooterOptions {
  const { text = '', links = {} } = footer;
  const unknown = [...text.matchAll(LINK_PLACEHOLDER)].find(([, name = '']) => !Object.hasOwn(links, name));
  return unknown === undefined ? footer : refuse(`has no link for ${unknown[0]}`);
}

function toJson(value: unknown): Readonly<Record<string, unknown>> {
  const given = named(anything, 'must be an object')(value);
  try {
    return JSON.parse(JSON.stringify(given)) as Readonly<Record<string, unknown>>;
  } catch {
    return refuse('must be made of what JSON has');
  }
}

function toHeaders(value: unknown): Readonly<Record<string, string>> {
  const headers = named((member) => matching(text(member), HEADER_VALUE, 'must be printable ASCII'), 'must be an object of texts')(value);
  for (const name of Object.keys(headers)) {
    matching(name, HEADER_NAME, 'has a name that no header can have');
    if (RESERVED_HEADERS.test(name)) refuse(`may not have ${name}: it is not a page’s to set`);
  }
  return headers;
}

/** Reports the first error by its path, without the value. Never throws, whatever the object is. */
export function parseChatOptions(raw: unknown, pageUrl: string): Result<ChatOptions, Problem> {
  try {
    const parsed = check(shapeFor(pageUrl), ownMembers(raw));
    if (parsed.ok) return parsed;
    const { path, message } = parsed.error;
    return fail(invalidOption(`${['chatOptions', ...path].join('.')} ${message}`));
  } catch {
    return fail(invalidOption('chatOptions cannot be read'));
  }
}

/** Accepts an object with these members only. */
function options<T extends object>(shapes: { readonly [Name in keyof T]: Shape<T[Name]> }): Shape<T> {
  const shape = members(shapes, 'must be an object');
  return (value) => {
    const known = shape(value);
    const unknown = Object.keys(value as object).find((name) => !Object.hasOwn(shapes, name));
    return unknown === undefined ? known : refuse(`has no option called ${unknown}`);
  };
}

function invalidOption(sentence: string): Problem {
  return { code: ErrorCode.InvalidConfiguration, message: `<coze-chat>: ${sentence}.`, retryable: false };
}
