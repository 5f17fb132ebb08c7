import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, type PolicySettings } from '../../../demo/page/content-security-policy.js';

const plain: PolicySettings = {
  pageUrl: 'https://shop.example/help',
  filesUrl: '/coze-chat-embed/define.js',
  frameSrc: '',
  tokenEndpoint: '/api/coze/token',
  apiBaseUrl: 'https://api.coze.cn',
  pictures: [],
  nonce: '',
  uploads: false,
  voiceInput: false,
  readAloud: false,
  trustedTypes: false,
};

/** The directives that differ from the plain page's. */
function changedBy(change: Partial<PolicySettings>): readonly string[] {
  const before = contentSecurityPolicy(plain);
  return contentSecurityPolicy({ ...plain, ...change }).filter((directive) => !before.includes(directive));
}

describe('Content security policy for a page', () => {
  it('The policy allows only the page’s own files, the token endpoint and the Coze API', () => {
    expect(contentSecurityPolicy(plain)).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' https://api.coze.cn",
      "connect-src 'self' https://api.coze.cn",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ]);
  });

  it.each<[string, Partial<PolicySettings>, readonly string[]]>([
    [
      'files of a CDN',
      { filesUrl: 'https://cdn.example/coze/1.0.0/define.js' },
      ['script-src https://cdn.example', 'style-src https://cdn.example', 'img-src https://cdn.example https://api.coze.cn'],
    ],
    [
      'a frame whose files lie elsewhere than the script',
      { frameSrc: 'https://static.example/chat/' },
      [
        "script-src 'self' https://static.example",
        'style-src https://static.example',
        'img-src https://static.example https://api.coze.cn',
      ],
    ],
    ['a frame on the page’s own origin', { frameSrc: '/chat/' }, []],
    [
      'a token endpoint on another origin',
      { tokenEndpoint: 'https://id.example/token' },
      ['connect-src https://id.example https://api.coze.cn'],
    ],
    ['a function for the token', { tokenEndpoint: '' }, ['connect-src https://api.coze.cn']],
    [
      'the other region',
      { apiBaseUrl: 'https://api.coze.com/' },
      ["img-src 'self' https://api.coze.com", "connect-src 'self' https://api.coze.com"],
    ],
    [
      'pictures from elsewhere, one of them of the page',
      { pictures: ['https://pictures.example/bot.png', '/icon.svg', 'https://pictures.example/2.png'] },
      ["img-src 'self' https://api.coze.cn https://pictures.example"],
    ],
    ['a nonce, which needs no origins beside it', { nonce: 'r4nd0m' }, ["script-src 'nonce-r4nd0m'", "style-src 'nonce-r4nd0m'"]],
    ['uploads', { uploads: true }, ["img-src 'self' blob: https://api.coze.cn"]],
    ['spoken questions', { voiceInput: true }, ["connect-src 'self' blob: https://api.coze.cn"]],
    ['answers read aloud', { readAloud: true }, ['media-src blob:']],
    ['Trusted Types', { trustedTypes: true }, ["require-trusted-types-for 'script'", 'trusted-types coze-chat-embed lit-html']],
  ])('A page with %s changes only the directives for it in the policy', (_, change, directives) => {
    expect(changedBy(change)).toEqual(directives);
  });

  it('The policy with all features allows no unsafe source, and for scripts only the page’s origin', () => {
    const everything = contentSecurityPolicy({ ...plain, uploads: true, voiceInput: true, readAloud: true, trustedTypes: true });
    expect(everything.join(';')).not.toMatch(/unsafe|\*|data:/);
    expect(everything.find((directive) => directive.startsWith('script-src'))).toBe("script-src 'self'");
  });

  it('An invalid API URL throws a TypeError', () => {
    expect(() => contentSecurityPolicy({ ...plain, apiBaseUrl: 'https://' })).toThrow(TypeError);
  });
});
