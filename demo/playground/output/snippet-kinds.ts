/** The kinds of snippets for a chat. */
export const SNIPPET_KINDS = ['line', 'element', 'react', 'vue', 'svelte'] as const;
export type SnippetKind = (typeof SNIPPET_KINDS)[number];
