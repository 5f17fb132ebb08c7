/** The documentation for language models (https://llmstxt.org): a list of its pages, and all of them in one file. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { groups, LANGUAGES, pagePaths } from './sidebar.js';

const BASE = '/docs';

/** Writes `llms.txt` and `llms-full.txt` into the site. */
export function writeForModels(sourceDir: string, outDir: string): void {
  writeFileSync(join(outDir, 'llms.txt'), listPages());
  writeFileSync(join(outDir, 'llms-full.txt'), joinPages(sourceDir));
}

function listPages(): string {
  const sections = groups.map(({ title, pages }) => {
    const lines = pages.map(([path, en, zh]) => `- [${en}](${BASE}/en/${path}), [${zh}](${BASE}/zh-CN/${path})`);
    return `## ${title.en}\n\n${lines.join('\n')}\n`;
  });
  const head = `# coze-chat-embed

> A chat for websites that talks to a Coze (扣子) bot: one custom element and one function for the backend. Every visitor sees only their own
> conversation, by a token of their own with a \`session_name\`. Also a way over from \`new CozeWebSDK.WebChatClient(…)\`.

- [Everything in one file](${BASE}/llms-full.txt)
- [Home](${BASE}/en/index), [首页](${BASE}/zh-CN/index)
`;
  return [head, ...sections].join('\n');
}

/** English only, because the Chinese pages have the same content. */
function joinPages(sourceDir: string): string {
  const [language = 'en'] = LANGUAGES;
  return pagePaths
    .map((path) => ({ path, file: join(sourceDir, language, `${path}.md`) }))
    .filter(({ file }) => existsSync(file))
    .map(({ path, file }) => `<!-- ${BASE}/${language}/${path} -->\n\n${readPage(file).trim()}\n`)
    .join('\n');
}

/** The page with its included files, and without its front matter. */
function readPage(file: string): string {
  const at = (path: string): string => readFileSync(join(dirname(file), path), 'utf8').trim();
  return readFileSync(file, 'utf8')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replaceAll(/^<!--\s*@include: (\S+?)\s*-->$/gm, (_, path: string) => at(path))
    .replaceAll(/^<<< (\S+?)(?:\{\w+\})?$/gm, (_, path: string) => `\`\`\`\n${at(path)}\n\`\`\``);
}
