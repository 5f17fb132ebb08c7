/** Nothing may reach the console as an error, or be thrown and not caught, unless the test brought it about. */
import type { Page } from 'playwright';

/** Watches from now on; the function it returns throws when something unexpected was seen. */
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
