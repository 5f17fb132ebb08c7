/** The content security policy that a page needs for its chat: everything the chat does, and nothing else. */

export interface PolicySettings {
  /** The page's own URL; the others may be relative to it. */
  readonly pageUrl: string;
  /** Where `define.js` or `embed.js` is loaded from. */
  readonly filesUrl: string;
  /** The property `frameSrc`; `''` when it is not set. */
  readonly frameSrc: string;
  /** `''` with `getToken`. */
  readonly tokenEndpoint: string;
  readonly apiBaseUrl: string;
  /** URLs, or origins, of other pictures: icon, avatars, those in answers. */
  readonly pictures: readonly string[];
  /** Of this answer of the server; `''` to go by where files come from. */
  readonly nonce: string;
  /** Of the page's inline scripts, as sources: `'sha256-…'`. */
  readonly scriptHashes?: readonly string[];
  /** The chat options `upload`, `voice.input` and `voice.voiceId`. */
  readonly uploads: boolean;
  readonly voiceInput: boolean;
  readonly readAloud: boolean;
  readonly trustedTypes: boolean;
}

/** A host may have what ends a source or a directive, and `*` is each host there is. */
const SOURCE_HOST = /^(?:\*\.)?(?:[\w.-]+|\[[\da-f:.]+\])?(?::\d+)?$/i;

/** One directive each; none is about the frames in it, because the chat's has no URL to judge by. Throws a `TypeError` for a URL that is none. */
export function contentSecurityPolicy(settings: PolicySettings): readonly string[] {
  const { pageUrl, filesUrl, frameSrc, tokenEndpoint, apiBaseUrl, pictures, nonce, scriptHashes = [] } = settings;
  const sourceOf = (url: string): string => {
    const { origin, host } = new URL(url, pageUrl);
    if (!SOURCE_HOST.test(host)) throw new TypeError('What an address has for a host is none.');
    return origin === new URL(pageUrl).origin ? "'self'" : origin;
  };
  // A nonce goes from a script to what it imports, so no origin has to be named beside it.
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
    // Nobody else's page puts a transparent frame with a signed-in visitor's chat under its buttons.
    directive('frame-ancestors', ["'self'"]),
    ...(settings.trustedTypes ? ["require-trusted-types-for 'script'", 'trusted-types coze-chat-embed lit-html'] : []),
  ];
}

const directive = (name: string, sources: readonly string[]): string => `${name} ${[...new Set(sources)].join(' ')}`;
