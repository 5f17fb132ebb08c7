/** Warning about a chunk without which the chat still works. */

/** Handles a failed `import()` of `file`: warns in the console with the cause. */
export function warnNotLoaded(file: string): (cause: unknown) => undefined {
  // eslint-disable-next-line no-console -- nobody but the page's author can mend it
  return (cause) => void console.warn(`[coze-chat] ${file} could not be loaded: ${String(cause)}`);
}
