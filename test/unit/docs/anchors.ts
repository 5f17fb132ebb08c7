/** The anchors of a Markdown page, and its links. */

export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly anchor: string;
}

/** Removes code blocks, in which a `#` is no heading and brackets are no link. */
export const withoutCode = (page: string): string => page.replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** The headings in order, with VitePress's anchors, or with GitHub's for pages that are only shown there. */
export function listHeadings(page: string, isOfSite = true): readonly Heading[] {
  return [...withoutCode(page).matchAll(/^(#+) (.+?)(?: \{#([\w-]+)\})?$/gm)].map(([, marks = '', title = '', anchor]) => ({
    level: marks.length,
    title,
    anchor: anchor ?? (isOfSite ? toSiteSlug(title) : toGitHubSlug(title)),
  }));
}

export const listAnchors = (page: string, isOfSite = true): readonly string[] => listHeadings(page, isOfSite).map(({ anchor }) => anchor);

/** Targets of links and pictures, in Markdown, in HTML and in the front matter of a home page. */
export function listLinks(page: string): readonly string[] {
  const text = withoutCode(page).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(<?([^\s)>]+)>?\)|(?:src|href)="([^"]+)"|^ +(?:link|src|light|dark): (\S+)$/gm)].map(
    ([, markdown, html, field]) => markdown ?? html ?? field ?? '',
  );
}

/** The algorithm of `@mdit-vue/shared`, which VitePress uses for its anchors. */
function toSiteSlug(title: string): string {
  return title
    .replaceAll('`', '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(\d)/, '_$1')
    .toLowerCase();
}

const toGitHubSlug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replaceAll(' ', '-');
