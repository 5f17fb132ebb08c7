/** Writes the reference tables of README.md anew: `npm run docs:reference`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPublicApi } from './public-api.js';
import { createTables, fillTables } from './reference.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = fileURLToPath(new URL('../../../README.md', import.meta.url));

const tables = await createTables(readPublicApi(PROJECT));
writeFileSync(PAGE, fillTables(readFileSync(PAGE, 'utf8'), tables));
