/** Fails tests with unexpected console errors or uncaught exceptions. */
import type { Page } from 'playwright';

/** Watches from now on; the returned function throws if there was an unexpected error. */
export function watchConsole(page: Page, expected: readonly RegExp[]): () => void {
  const seen: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => seen.push(`not caught: ${error.message}`));
  return () => {
    const unexpected = seen.filter((text) => !expected.some((pattern) => pattern.test(text)));
    if (unexpected.length > 0) throw new Error(`Unexpected errors in the browser:\n${unexpected.join('\n')}`);
  };
}
