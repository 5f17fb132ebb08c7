/** No link in the documentation and in the repository's own pages is broken: its page, its anchor or its picture exists. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pagePaths } from '../../../demo/docs/.vitepress/sidebar.js';
import { listPages } from '../../../src/build/metadata/docs-pages.js';
import { listAnchors, listLinks } from './anchors.js';
import { projectUrl, readText } from './markdown.js';

const project = fileURLToPath(projectUrl);
const docs = join(project, 'demo/docs');
const ownPages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'demo/backends/README.md'];
const files = [...listPages(docs), ...ownPages.map((path) => join(project, path)).filter((path) => existsSync(path))];
const read = (file: string): string => readText(file.slice(project.length));

/** A link's target: a file of the project and an anchor in it. Absolute links of the site start at its base. */
function resolveLink(file: string, link: string): { readonly target: string; readonly anchor: string } {
  const [path = '', anchor = ''] = link.split('#');
  const isOfSite = file.startsWith(docs);
  if (path === '') return { target: file, anchor };
  if (!path.startsWith('/')) return { target: join(dirname(file), path), anchor };
  if (!isOfSite) return { target: join(project, path), anchor };
  if (/\.\w+$/.test(path)) return { target: join(project, 'demo/pictures', basename(path)), anchor };
  return { target: `${join(docs, path)}${path.endsWith('/') ? 'index' : ''}.md`, anchor };
}

describe.each(files.map((file) => [file.slice(project.length), file] as const))('Page %s', (_, file) => {
  it('Every link leads to a file and an anchor that exist', () => {
    const links = listLinks(read(file)).filter((link) => !/^[a-z]+:/.test(link));
    const dead = links.filter((link) => {
      const { target, anchor } = resolveLink(file, link);
      if (!existsSync(target)) return true;
      return anchor !== '' && target.endsWith('.md') && !listAnchors(read(target), target.startsWith(docs)).includes(anchor);
    });
    expect(dead).toEqual([]);
  });
});

it('Every page of the documentation is in its sidebar, and every entry of the sidebar is a page', () => {
  const pages = listPages(join(docs, 'en')).map((file) => file.slice(docs.length + '/en/'.length, -'.md'.length));
  expect(pages.toSorted()).toEqual(pagePaths.toSorted());
});
