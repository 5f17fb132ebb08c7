/** Everything that the repository's own pages refer to exists, and quoted code in the documentation matches the code. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, pagePaths } from '../../../demo/docs/.vitepress/sidebar.js';
import { contentSecurityPolicy } from '../../../demo/page/content-security-policy.js';
import { fromCozeOAuthConfig } from '../../../src/server/index.js';
import { codeIn, projectUrl, readText } from './markdown.js';

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'] as const;
const { scripts } = JSON.parse(readText('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

describe.each(pages)('Page %s', (page) => {
  const text = readText(page);

  it('The page names only npm scripts that exist', () => {
    const names = [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('The page names only files and folders of the project that exist', () => {
    const paths = [...text.matchAll(/`((?:src|demo|test)\/[^`*…<]*)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(new URL(path, projectUrl)))).toEqual([]);
  });
});

describe('README', () => {
  it('The README has 200 lines at most', () => {
    expect(readText('README.md').split('\n').length).toBeLessThanOrEqual(200);
  });

  it.each(['demo/pictures/preview.png'])('The README shows %s, a PNG of at most 200 kB', (path) => {
    expect(readText('README.md')).toContain(path);
    expect(statSync(new URL(path, projectUrl)).size).toBeLessThanOrEqual(200_000);
    expect(readFileSync(new URL(path, projectUrl)).subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('Documentation', () => {
  it('The documented example of credentials can be read by the server part', () => {
    const example = codeIn('guide/coze-console', '6. Save three values', 'json');
    const oauth = { appId: 'app id', keyId: 'key id', apiBaseUrl: 'https://api.coze.cn', audience: 'api.coze.cn' };
    expect(fromCozeOAuthConfig(JSON.parse(example.replace(/[<>]/g, '')) as object)).toMatchObject(oauth);
  });

  it('Each page that shows how to embed the chat in a framework says what a bot of coze.com needs', () => {
    const names = pagePaths.filter((path) => path.includes('/frameworks/'));
    const paths = LANGUAGES.flatMap((language) => names.map((name) => `demo/docs/${language}/${name}.md`));
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !/coze\.com.*api-base-url/.test(readText(path)))).toEqual([]);
  });

  it('The documented content security policy is the one that the preview page creates', () => {
    const policy = contentSecurityPolicy({
      pageUrl: 'https://shop.example',
      filesUrl: '/coze-chat-embed/define.js',
      frameSrc: '',
      tokenEndpoint: '/api/coze/token',
      apiBaseUrl: 'https://api.coze.cn',
      pictures: [],
      nonce: '',
      uploads: true,
      voiceInput: false,
      readAloud: false,
      trustedTypes: true,
    });
    expect(codeIn('guide/csp', 'Content security policy', 'text').trim().split(/;\n/)).toEqual(policy);
  });
});

describe.each(LANGUAGES)('Pictures of the documentation in %s', (language) => {
  const pictures = pagePaths.flatMap((path) => listPictures(`demo/docs/${language}/${path}.md`));

  it('Each picture exists and has an alternative text', () => {
    expect(pictures.length).toBeGreaterThan(2);
    for (const { path, alt } of pictures) {
      expect(existsSync(new URL(`demo/pictures/${path}`, projectUrl)), path).toBe(true);
      expect(alt, path).toMatch(/.{15}/);
    }
  });

  it('Each picture shows a chat in the language of the documentation', () => {
    expect(pictures.filter(({ path }) => path.endsWith('-zh-CN.png') !== (language === 'zh-CN'))).toEqual([]);
  });
});

interface Picture {
  readonly path: string;
  readonly alt: string;
}

/** Pictures in the page's text, and in the front matter of a home page. */
function listPictures(page: string): readonly Picture[] {
  const text = readText(page);
  const [, heroAlt = ''] = /^ {4}alt: '(.+)'$/m.exec(text) ?? [];
  return [
    ...[...text.matchAll(/^ {4}(?:light|dark): \/(\S+)$/gm)].map(([, path = '']) => ({ path, alt: heroAlt })),
    ...[...text.matchAll(/!\[([^\]]*)\]\(\/([^)]+)\)/g)].map(([, alt = '', path = '']) => ({ path, alt })),
  ];
}
