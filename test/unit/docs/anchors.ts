/** Where one can link to in a Markdown page, and what it links to. */

export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly anchor: string;
}

/** Blocks of code, in which a `#` is no heading and brackets are no link. */
export const withoutCode = (page: string): string => page.replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** The headings in their order, with the anchors that VitePress gives them, or GitHub to pages that are only there. */
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

/** As `@mdit-vue/shared` has it, with which VitePress makes its anchors. */
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
