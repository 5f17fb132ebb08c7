/** What a visitor of a host's page loads, in gzip bytes, by the moment at which it is asked for. A budget grows only with a reason. */
export interface Budget {
  readonly what: string;
  /** Names in `dist/`, `*` for a hash. Their static imports count too, each file once in the whole table. */
  readonly entries: readonly string[];
  readonly maxBytes: number;
}

/** In the order of loading. */
export const visitorBudgets: readonly Budget[] = [
  { what: 'before the first interaction', entries: ['define.js'], maxBytes: 10_000 },
  { what: 'session, when first shown', entries: ['live-chat-*.js'], maxBytes: 22_200 },
  { what: 'Chat SDK', entries: ['frame.js'], maxBytes: 166_000 },
  { what: 'styles of the frame', entries: ['frame.css'], maxBytes: 9_300 },
];

/** Ways in that are not, or not always, on the way above. */
export const otherBudgets: readonly Budget[] = [
  { what: 'script tag', entries: ['embed.js'], maxBytes: 600 },
  { what: 'backend', entries: ['server.js'], maxBytes: 26_500 },
];
