/** `npm run docs:reference`: rewrites the reference tables of the documentation in all languages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { listLanguages, listPages } from './docs-pages.js';
import { readPublicApi } from './public-api.js';
import { createTables, fillTables } from './reference.js';
import { findUntranslated, readTranslations, translateTables } from './reference-translations.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const DOCS = `${PROJECT}demo/docs`;

const english = await createTables(readPublicApi(PROJECT));
for (const language of listLanguages(DOCS)) {
  const translations = readTranslations(DOCS, language);
  const tables = await translateTables(english, translations);
  for (const page of listPages(`${DOCS}/${language}`)) {
    const text = readFileSync(page, 'utf8');
    const filled = fillTables(text, tables);
    if (filled !== text) writeFileSync(page, filled);
  }
  if (language === 'en') continue;
  for (const cell of findUntranslated(english, translations)) stderr.write(`reference.${language}.json has nothing for: ${cell}\n`);
}
