/** The limits of the server part and of the gateway: the documentation names each, with the default that the code has. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { listLanguages } from '../../../src/build/metadata/docs-pages.js';
import { projectUrl, readText } from './markdown.js';

/** Names and defaults from the comments of an interface's members. */
function listDefaults(file: string): readonly string[] {
  const members = readText(file).matchAll(/@default (\{.*\}|false|\d+)\n(?:(?!\*\/)[^])*\*\/\n\s*readonly (\w+)\?:/g);
  return Array.from(members, ([, value = '', name = '']) => `| \`${name}\` | \`${value}\` |`);
}

const limits = ['src/server/gateway/quotas.ts', 'src/server/rate-limit/rate-limit.ts'].flatMap(listDefaults);

it.each(listLanguages(fileURLToPath(new URL('demo/docs/', projectUrl))))('Each limit is documented with its default: %s', (language) => {
  const page = readText(`demo/docs/${language}/reference/server.md`).replaceAll(/ +/g, ' ');
  expect(limits).toHaveLength(9);
  expect(limits.filter((row) => !page.includes(row))).toEqual([]);
});
