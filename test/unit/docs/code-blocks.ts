/** The code blocks of the documentation and of README. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pagePaths } from '../../../demo/docs/.vitepress/sidebar.js';
import { projectUrl, readPage, readText } from './markdown.js';

export interface CodeBlock {
  /** `guide/csp`, or `README`. */
  readonly page: string;
  /** `guide/csp:12`: page and line of the fence. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

/** In order; the indentation of indented blocks is removed. */
export function readCodeBlocks(page: string, text: string): readonly CodeBlock[] {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].map(({ index, 1: indent = '', 2: language = '', 3: code = '' }) => ({
    page,
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** The blocks of all English pages, and of README. */
export const codeBlocks: readonly CodeBlock[] = [
  ...pagePaths.flatMap((page) => readCodeBlocks(page, readPage(page))),
  ...readCodeBlocks('README', readText('README.md')),
];

export const blocksIn = (...languages: readonly string[]): readonly CodeBlock[] =>
  codeBlocks.filter(({ language }) => languages.includes(language));

/** Scripts inside HTML blocks, except those that load a file. */
export function listInlineScripts(): readonly CodeBlock[] {
  return blocksIn('html').flatMap((block) =>
    [...block.code.matchAll(/<script>\n([\s\S]*?)<\/script>/g)].map(([, code = '']) => ({ ...block, language: 'js', code })),
  );
}

/** Folders of the documentation's languages. */
export function listLanguages(): readonly string[] {
  const entries = readdirSync(fileURLToPath(new URL('demo/docs/', projectUrl)), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
}
