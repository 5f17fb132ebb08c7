/** Serves the documentation's site below `/docs/`, at URLs without `.html`. */
import { readFile } from 'node:fs/promises';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';

/** Where the host serves the documentation. */
export const DOCS_PATH = '/docs';

export interface DocsSite {
  /** Folder of the built site. */
  readonly dir: string;
  /** Whether the site is built; until then visitors get a page that says so. */
  readonly isReady: () => boolean;
}

export function addDocs(app: Hono, { dir, isReady }: DocsSite): void {
  app.get(DOCS_PATH, (context) => context.redirect(`${DOCS_PATH}/`));
  app.get(`${DOCS_PATH}/`, (context) => {
    context.header('vary', 'accept-language');
    return context.redirect(`${DOCS_PATH}/${findLanguage(context)}/`);
  });
  app.use(`${DOCS_PATH}/*`, async (context, next) => {
    if (isReady()) return next();
    context.header('cache-control', 'no-store');
    context.header('retry-after', '2');
    return context.html(BEING_BUILT, 503);
  });
  app.get(`${DOCS_PATH}/*`, serveStatic({ root: dir, rewriteRequestPath: toFile }));
  app.get(`${DOCS_PATH}/*`, async (context) => context.html(await readFile(`${dir}/404.html`, 'utf8'), 404));
}

/** `/docs/en/guide/csp` is the file `/en/guide/csp.html`; a path with an extension or a trailing slash stays as it is. */
function toFile(path: string): string {
  const file = path.slice(DOCS_PATH.length);
  return /\/$|\.\w+$/.test(file) ? file : `${file}.html`;
}

/** The first of the visitor's languages that the documentation has. */
function findLanguage({ req }: Context): string {
  const [wanted] = (req.header('accept-language') ?? '').match(/\b(?:en|zh)\b/i) ?? ['en'];
  return wanted.toLowerCase() === 'zh' ? 'zh-CN' : 'en';
}

const BEING_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>Documentation</title>
<p>The documentation is being built. 文档正在构建。</p>
`;
