/** Writes `element.json`: a part of `npm run docs:reference`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPublicApi } from '../../../src/build/metadata/public-api.js';
import { createReference } from './create-reference.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const FILE = fileURLToPath(new URL('./element.json', import.meta.url));

writeFileSync(FILE, `${JSON.stringify(createReference(readPublicApi(PROJECT)), null, 2)}\n`);
