/** The last step of a build: writes into `dist/` what tools want to know of the package. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from './editor-hints.js';
import { customElementsManifest } from './manifest.js';
import { readPublicApi } from './public-api.js';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const write = (name: string, value: unknown): void => writeFileSync(new URL(`dist/${name}`, root), `${JSON.stringify(value)}\n`);

const manifest = customElementsManifest(read('README.md'), readPublicApi(fileURLToPath(root)));
write('custom-elements.json', manifest);
write('vscode.html-custom-data.json', vsCodeHtmlData(manifest));
write('vscode.css-custom-data.json', vsCodeCssData(manifest));
write('web-types.json', webTypes(manifest, JSON.parse(read('package.json')) as { readonly name: string; readonly version: string }));
