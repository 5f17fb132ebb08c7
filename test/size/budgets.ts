/**
 * The files that a visitor of a host page loads, in gzip bytes, by the moment at which they are requested. A size above its budget is a
 * warning from +2 %, an error from +4 %.
 */
export interface Budget {
  readonly what: string;
  /** Names in `dist/`, `*` for a hash. Their static imports are included; each file counts once in the whole table. */
  readonly entries: readonly string[];
  readonly maxBytes: number;
}

/**
 * In the order of loading, for a page with the script tag. The goals are the sums: one initial congestion window, of which 12,000 bytes are
 * meant for us, and 120 kB until usable.
 */
export const visitorBudgets: readonly Budget[] = [
  { what: 'before the first interaction', entries: ['embed.js', 'define-element-*.js'], maxBytes: 12_000 },
  { what: 'session, when first shown', entries: ['chat-controller-*.js'], maxBytes: 33_700 },
  { what: 'Chat SDK', entries: ['frame/frame-*.js'], maxBytes: 64_600 },
  { what: 'styles of the frame', entries: ['frame/frame-*.css'], maxBytes: 8_600 },
];

/** The sum of all entries above. */
export const UNTIL_USABLE_MAX_BYTES = 119_000;

/** The same files as `createCozeChat` sends them to a browser that accepts Brotli. The goal is 105,000. */
export const UNTIL_USABLE_MAX_BROTLI_BYTES = 105_000;

/** Files that are loaded later, and files that no browser loads. */
export const otherBudgets: readonly Budget[] = [
  { what: 'define.js, in place of embed.js', entries: ['define.js'], maxBytes: 400 },
  { what: 'Markdown, then, or for a message before', entries: ['frame/markdown-parts-*.js'], maxBytes: 30_000 },
  {
    what: 'colours for code, when met',
    entries: ['frame/colour-code-*.js'],
    maxBytes: 3_500,
  },
  { what: 'bar of the messages, with the first one', entries: ['frame/message-bar-*.js'], maxBytes: 9_000 },
  { what: 'the way to an answer, when met', entries: ['frame/process-lines-*.js'], maxBytes: 2_600 },
  { what: 'files, when the first is added', entries: ['frame/attachments-*.js'], maxBytes: 3_150 },
  { what: 'conversations, when first listed or changed', entries: ['frame/conversations-*.js'], maxBytes: 8_100 },
  { what: 'own data, when first taken along or deleted', entries: ['frame/own-data-*.js'], maxBytes: 9_700 },
  { what: 'shortcuts, of bots that have some', entries: ['frame/shortcuts-*.js'], maxBytes: 2_600 },
  { what: 'recorder, when a visitor first speaks', entries: ['frame/audio-input-*.js'], maxBytes: 6_100 },
  { what: 'formulas, when met', entries: ['frame/set-formula-*.js'], maxBytes: 60_000 },
  { what: 'footnotes, formulas and HTML, when met', entries: ['frame/rare-syntax-*.js'], maxBytes: 5_200 },
  { what: 'rare names of characters, when met', entries: ['frame/rare-characters-*.js'], maxBytes: 8_100 },
  { what: 'the way over from WebChatClient, in its place', entries: ['webchatclient.js'], maxBytes: 5_900 },
  { what: 'tools and context, of pages that have some', entries: ['page-tools-*.js'], maxBytes: 4_000 },
  { what: 'JSON Schema, of tools that have one', entries: ['json-schema-*.js'], maxBytes: 6_800 },
  { what: 'turns that wait for a tool, of pages that have some', entries: ['frame/tool-rounds-*.js'], maxBytes: 2_300 },
  { what: 'backend, with the gateway and what serves the files', entries: ['server.js'], maxBytes: 58_700 },
];
