/** What a browser reports of a page and its frames: errors on the console, and violations of the CSP. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

/** Watches from now on; the returned function throws if there was an unexpected console error or uncaught exception. */
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

/**
 * Watches the documents that are loaded from now on. The returned function returns the violations so far, of the page and of the documents
 * with these bodies. It fails for a document that is not watched: an event in it must be reported, and then all earlier ones have been.
 */
export async function watchViolations(page: Page): Promise<(...frames: readonly Locator[]) => Promise<readonly string[]>> {
  const reports: string[] = [];
  await page.exposeFunction('reportViolation', (report: string) => reports.push(report));
  // Not on the document: if a script looks into an empty iframe before its document has come, Chromium has run this already, and keeps only
  // the window.
  await page.addInitScript(() =>
    window.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      const { reportViolation } = window as unknown as { reportViolation(report: string): void };
      reportViolation(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`);
    }),
  );
  let probes = 0;
  const proveWatched = async (body: Locator): Promise<void> => {
    const probe = `probe-${++probes}`;
    await body.evaluate((element, effectiveDirective) => {
      const unused = { blockedURI: '', documentURI: '', originalPolicy: '', violatedDirective: '', statusCode: 200 };
      const init = { ...unused, effectiveDirective, disposition: 'enforce', bubbles: true } as const;
      element.ownerDocument.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', init));
    }, probe);
    await expect.poll(() => reports.some((report) => report.startsWith(`${probe} `))).toBe(true);
  };
  return async (...frames) => {
    for (const body of [page.locator('body'), ...frames]) await proveWatched(body);
    return reports.filter((report) => !report.startsWith('probe-'));
  };
}
