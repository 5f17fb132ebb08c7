/** What a visitor of a host's page loads, in gzip bytes, by the moment at which it is asked for. A budget grows only with a reason. */
export interface Budget {
  readonly what: string;
  /** Names in `dist/`, `*` for a hash. Their static imports count too, each file once in the whole table. */
  readonly entries: readonly string[];
  readonly maxBytes: number;
}

/**
 * In the order of loading. The session's part grew by the check of `chatOptions`, the events of what happens in the chat, and the states a
 * visitor meets when it does not go well: their words, the time of the next attempt, the way to sign in.
 */
export const visitorBudgets: readonly Budget[] = [
  { what: 'before the first interaction', entries: ['define.js'], maxBytes: 10_000 },
  { what: 'session, when first shown', entries: ['chat-controller-*.js'], maxBytes: 28_900 },
  { what: 'Chat SDK', entries: ['frame/frame-*.js'], maxBytes: 68_600 },
  { what: 'styles of the frame', entries: ['frame/frame-*.css'], maxBytes: 9_300 },
];

/** What comes later, and ways in that are not on the way above. The script tag grew by pages whose body a router replaces. */
export const otherBudgets: readonly Budget[] = [
  { what: 'Markdown, then, or for a message before', entries: ['frame/md-stream-*.js'], maxBytes: 26_500 },
  { what: 'script tag', entries: ['embed.js'], maxBytes: 1_050 },
  { what: 'backend', entries: ['server.js'], maxBytes: 19_700 },
];
