/** For what a chat is still usable without. */

/** Says in the console that `file` is missing, and why; as the last step of its `import()`. */
export function warnNotLoaded(file: string): (cause: unknown) => undefined {
  // eslint-disable-next-line no-console -- nobody but the page's author can mend it
  return (cause) => void console.warn(`[coze-chat] ${file} could not be loaded: ${String(cause)}`);
}
