// @vitest-environment node
/** The names for which ESLint requires a comment. */
import { expect, test } from 'vitest';
import { findPublicNames } from '../../../../src/build/lint/public-names.mjs';

const names = findPublicNames(['src/index.ts', 'src/server/index.ts'], { 'src/server/options.ts': ['VisitorOptions'] });

test.each([
  ['by name', 'src/server/reporting/endpoint-error.ts', 'RefusalReason'],
  ['under another name', 'src/server/identity/identity.ts', 'VerifiedUser'],
  ['with all that its file exports', 'src/config/page-tools.ts', 'ChatTool'],
  ['from a folder above the entry', 'src/token/protocol.ts', 'TokenReason'],
  ['as a part of another type', 'src/server/options.ts', 'VisitorOptions'],
  ['beside such a part', 'src/server/options.ts', 'TokenEndpointOptions'],
])('A declaration that is exported %s is public', (_how, file, name) => {
  expect(names.get(file)?.test(name)).toBe(true);
});

test('A declaration that no entry exports is not public', () => {
  expect(names.get('src/server/reporting/endpoint-error.ts')?.test('EndpointError')).toBe(false);
  expect(names.get('src/server/reporting/endpoint-error.ts')?.test('RefusalReasonOfNobody')).toBe(false);
});
