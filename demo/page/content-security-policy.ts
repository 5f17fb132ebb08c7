/** The content security policy of a page with a chat: it allows everything the chat needs, and nothing else. */

export interface PolicySettings {
  /** The page's own URL; the other URLs may be relative to it. */
  readonly pageUrl: string;
  /** The URL from which `define.js` or `embed.js` is loaded. */
  readonly filesUrl: string;
  /** The property `frameSrc`; `''` when it is not set. */
  readonly frameSrc: string;
  /** `''` with `getToken`. */
  readonly tokenEndpoint: string;
  readonly apiBaseUrl: string;
  /** URLs or origins of other pictures: icon, avatars, pictures in answers. */
  readonly pictures: readonly string[];
  /** The nonce of this response; `''` to allow scripts by origin. */
  readonly nonce: string;
  /** Hash sources of the page's inline scripts: `'sha256-…'`. */
  readonly scriptHashes?: readonly string[];
  /** The chat options `upload`, `voice.input` and `voice.voiceId`. */
  readonly uploads: boolean;
  readonly voiceInput: boolean;
  readonly readAloud: boolean;
  readonly trustedTypes: boolean;
  /** Names of the policies that the framework of the page creates for Trusted Types. */
  readonly frameworkPolicies?: readonly string[];
}

/** A URL's host may contain characters that end a source or a directive, and `*` would allow every host. */
const SOURCE_HOST = /^(?:\*\.)?(?:[\w.-]+|\[[\da-f:.]+\])?(?::\d+)?$/i;

/**
 * One string per directive. There is no `frame-src`, because the chat's frame has no URL to match. Throws a `TypeError` for an invalid URL.
 */
export function contentSecurityPolicy(settings: PolicySettings): readonly string[] {
  const { pageUrl, filesUrl, frameSrc, tokenEndpoint, apiBaseUrl, pictures, nonce, scriptHashes = [], frameworkPolicies = [] } = settings;
  const sourceOf = (url: string): string => {
    const { origin, host } = new URL(url, pageUrl);
    if (!SOURCE_HOST.test(host)) throw new TypeError('What an address has for a host is none.');
    return origin === new URL(pageUrl).origin ? "'self'" : origin;
  };
  // A nonce extends to a script's imports, so no origin has to be listed with it.
  const code = nonce === '' ? [sourceOf(filesUrl), ...(frameSrc === '' ? [] : [sourceOf(frameSrc)])] : [`'nonce-${nonce}'`];
  const frameFiles = sourceOf(frameSrc === '' ? filesUrl : frameSrc);
  const blob = (isNeeded: boolean): readonly string[] => (isNeeded ? ['blob:'] : []);
  return [
    directive('default-src', ["'none'"]),
    directive('script-src', [...code, ...scriptHashes]),
    directive('style-src', nonce === '' ? [frameFiles] : code),
    directive('img-src', [frameFiles, ...blob(settings.uploads), sourceOf(apiBaseUrl), ...pictures.map(sourceOf)]),
    directive('connect-src', [
      ...(tokenEndpoint === '' ? [] : [sourceOf(tokenEndpoint)]),
      ...blob(settings.voiceInput),
      sourceOf(apiBaseUrl),
    ]),
    ...(settings.readAloud ? [directive('media-src', ['blob:'])] : []),
    directive('base-uri', ["'none'"]),
    // Prevents clickjacking of a signed-in visitor's chat.
    directive('frame-ancestors', ["'self'"]),
    ...(settings.trustedTypes
      ? ["require-trusted-types-for 'script'", directive('trusted-types', ['coze-chat-embed', 'lit-html', ...frameworkPolicies])]
      : []),
  ];
}

const directive = (name: string, sources: readonly string[]): string => `${name} ${[...new Set(sources)].join(' ')}`;
