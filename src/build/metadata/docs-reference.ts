/** Writes the reference tables of the documentation anew, in all of its languages: `npm run docs:reference`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listPages } from './docs-pages.js';
import { readPublicApi } from './public-api.js';
import { createTables, fillTables } from './reference.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

const tables = await createTables(readPublicApi(PROJECT));
for (const page of listPages(`${PROJECT}demo/docs`)) {
  const text = readFileSync(page, 'utf8');
  const filled = fillTables(text, tables);
  if (filled !== text) writeFileSync(page, filled);
}
