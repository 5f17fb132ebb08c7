// @vitest-environment node
/** The limits of the server part and of the gateway: the documentation names each, with the default that the code has. */
import { fileURLToPath } from 'node:url';
import { ts } from '@custom-elements-manifest/analyzer';
import { expect, it } from 'vitest';
import { listLanguages } from '../../../src/build/metadata/docs-pages.js';
import { getDefault } from '../../../src/build/metadata/public-api.js';
import { projectUrl, readText } from './markdown.js';

/** Rows with the members of an interface that have a value as their default, not a description of one. */
function listDefaults(file: string, name: string): readonly string[] {
  const { statements } = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
  const members = statements.filter(ts.isInterfaceDeclaration).find((declaration) => declaration.name.text === name)?.members ?? [];
  return members.flatMap((member) => {
    const value = getDefault(member) ?? '';
    return /^(?:\{.*\}|false|\d+)$/.test(value) ? [`| \`${member.name?.getText()}\` | \`${value}\` |`] : [];
  });
}

const limits = [
  ...listDefaults('src/server/gateway/quotas.ts', 'GatewayLimits'),
  ...listDefaults('src/server/rate-limit/rate-limit.ts', 'RateLimitOptions'),
];

it.each(listLanguages(fileURLToPath(new URL('demo/docs/', projectUrl))))('Each limit is documented with its default: %s', (language) => {
  const page = readText(`demo/docs/${language}/reference/server.md`).replaceAll(/ +/g, ' ');
  expect(limits).toHaveLength(9);
  expect(limits.filter((row) => !page.includes(row))).toEqual([]);
});
