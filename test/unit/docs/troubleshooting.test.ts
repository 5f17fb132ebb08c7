/** Each code that may appear in a console or a log has an entry in "Troubleshooting", in each language. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../demo/docs/.vitepress/sidebar.js';
import { ErrorCode } from '../../../src/core/errors.js';
import { EndpointWarning } from '../../../src/server/reporting/operator-event.js';
import { listAnchors } from './anchors.js';
import { projectUrl, readText } from './markdown.js';
import { choiceNames } from './option-paths.js';

const typesIn = (path: string, name: string): readonly string[] => choiceNames(fileURLToPath(new URL(path, projectUrl)), name);

describe.each(LANGUAGES)('Troubleshooting, %s', (language) => {
  const page = readText(`demo/docs/${language}/troubleshooting.md`);
  const anchors = listAnchors(page);

  it('The page has an entry for each code of the chat, in the order of the codes', () => {
    expect(anchors.filter((anchor) => Object.values<string>(ErrorCode).includes(anchor))).toEqual(Object.values(ErrorCode));
  });

  it('The page has an entry for each warning of the server part', () => {
    expect(Object.values(EndpointWarning).filter((code) => !anchors.includes(code))).toEqual([]);
  });

  it('The page has an entry for each other line that may appear in a console', () => {
    expect(anchors).toEqual(
      expect.arrayContaining(['embed-js', 'define-js', 'there-is-no', 'could-not-be-loaded', 'no-new-conversation', 'webchatclient']),
    );
  });

  it('The page has an entry or a row for each reason for which a request is refused', () => {
    const named = new Set(page.match(/(?<=[`#])\w+(?=[`}])/g));
    const reasons = typesIn('src/server/reporting/endpoint-error.ts', 'RefusalReason');
    expect(reasons.length).toBeGreaterThan(20);
    expect(reasons.filter((reason) => !named.has(reason))).toEqual([]);
  });

  it('The page has a row for each reason for which the gateway refuses a call', () => {
    const firstCells = (page.match(/^\|[^|]*/gm) ?? []).join();
    const named = new Set(firstCells.match(/(?<=`)\w+(?=`)/g));
    const reasons = typesIn('src/server/gateway/api-problem.ts', 'CallReason');
    expect(reasons.length).toBeGreaterThan(20);
    expect(reasons.filter((reason) => !named.has(reason))).toEqual([]);
  });

  it('The table of error codes has a link to the entry of each code', () => {
    const codes = readText(`demo/docs/${language}/reference/codes.md`);
    const links = [...codes.matchAll(/\.\.\/troubleshooting\.md#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(Object.values<string>(ErrorCode).filter((code) => !links.includes(code))).toEqual([]);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});
