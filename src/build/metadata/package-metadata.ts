/** The last step of a build: writes the files into `dist/` that tools read about the package. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from './editor-data.js';
import { createManifest } from './manifest.js';
import { readPublicApi } from './public-api.js';
import { addFrameworkTypes, pruneTypes } from './types.js';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

const root = new URL('../../../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));
const read = (name: string): string => readFileSync(path(name), 'utf8');
const write = (name: string, value: unknown): void => writeFileSync(path(`dist/${name}`), `${JSON.stringify(value)}\n`);

const manifest = createManifest(readPublicApi(path('.')));
const packageJson = JSON.parse(read('package.json')) as PackageJson;
write('custom-elements.json', manifest);
write('vscode.html-custom-data.json', vsCodeHtmlData(manifest));
write('vscode.css-custom-data.json', vsCodeCssData(manifest));
write('web-types.json', webTypes(manifest, packageJson));

const TYPES = './dist/types/';
addFrameworkTypes(path('src'), path(TYPES));
const entries = Object.values(packageJson.exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.types.replace(TYPES, '')]));
pruneTypes(path(TYPES), entries);
