/** The documentation's site: `npm run docs:build` writes it, `npm start` serves it at `/docs/`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTheme, defineConfig, type LocaleConfig } from 'vitepress';
import { correctTheme, nameAddedControls } from './accessible-theme.js';
import { writeForModels } from './llms.js';
import { describePage } from './page-description.js';
import { createSidebar } from './sidebar.js';
import { DIGEST_FILE, digestSources, SITE_DIR } from './sources.js';

export default defineConfig({
  title: 'coze-chat-embed',
  // Of the page for unknown addresses.
  lang: 'en',
  base: '/docs/',
  outDir: SITE_DIR,
  cacheDir: '../../.vite/docs-cache',
  cleanUrls: true,
  markdown: {
    // The colours of VitePress's own choice have too little contrast.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: nameAddedControls,
  },
  vite: {
    plugins: [correctTheme()],
    resolve: {
      alias: [
        {
          find: /^.*\/VP(?:NavBar|NavScreen)?SocialLinks\.vue$/,
          replacement: fileURLToPath(new URL('theme/unused-component.ts', import.meta.url)),
        },
      ],
    },
    // No component uses Vue's Options API.
    define: { __VUE_OPTIONS_API__: false },
    // Uses the project's own pictures instead of copies.
    publicDir: fileURLToPath(new URL('../../pictures', import.meta.url)),
  },
  // Loads the map of the pages' file names as a file, so that no page contains it as an inline script.
  metaChunk: true,
  transformPageData: ({ filePath, frontmatter, description }, { siteConfig }) =>
    frontmatter['layout'] === 'home' ? undefined : { description: description || describePage(join(siteConfig.srcDir, filePath)) },
  locales: { en: createEnglish(), 'zh-CN': createChinese() },
  themeConfig: { search: { provider: 'local', options: createSearch() } },
  buildEnd({ outDir, srcDir }) {
    writeForModels(srcDir, outDir);
    // Written last, because the digest marks the build as complete.
    writeFileSync(join(outDir, DIGEST_FILE), digestSources());
  },
});

type Locale = LocaleConfig<DefaultTheme.Config>[string];

function createEnglish(): Locale {
  return {
    label: 'English',
    lang: 'en',
    link: '/en/',
    description: 'A chat for your website that talks to your Coze bot, in which every visitor sees only their own conversation.',
    themeConfig: {
      nav: [
        { text: 'Guide', link: '/en/guide/getting-started', activeMatch: '^/en/guide/' },
        { text: 'Reference', link: '/en/reference/element', activeMatch: '^/en/reference/' },
        { text: 'Troubleshooting', link: '/en/troubleshooting' },
      ],
      sidebar: createSidebar('en'),
      outline: { level: [2, 3] },
    },
  };
}

function createChinese(): Locale {
  return {
    label: '简体中文',
    lang: 'zh-CN',
    link: '/zh-CN/',
    description: '把扣子（Coze）智能体放进你的网站：每位访客只看得到自己的会话。',
    themeConfig: {
      nav: [
        { text: '指南', link: '/zh-CN/guide/getting-started', activeMatch: '^/zh-CN/guide/' },
        { text: '参考', link: '/zh-CN/reference/element', activeMatch: '^/zh-CN/reference/' },
        { text: '故障排查', link: '/zh-CN/troubleshooting' },
      ],
      sidebar: createSidebar('zh-CN'),
      outline: { level: [2, 3], label: '本页目录' },
      docFooter: { prev: '上一页', next: '下一页' },
      sidebarMenuLabel: '菜单',
      returnToTopLabel: '回到顶部',
      langMenuLabel: '切换语言',
      darkModeSwitchLabel: '外观',
      lightModeSwitchTitle: '切换到浅色',
      darkModeSwitchTitle: '切换到深色',
      skipToContentLabel: '跳到正文',
      notFound: { title: '没有这个页面', quote: '地址可能写错了，或者页面已经移走。', linkText: '回到首页' },
    },
  };
}

function createSearch(): DefaultTheme.LocalSearchOptions {
  return {
    // Chinese has no spaces between words, so the index uses pairs of neighbouring characters. The function is sent to the browser as
    // source text.
    miniSearch: {
      options: {
        tokenize: (text: string): string[] =>
          (text.match(/\p{Script=Han}+|[^\s\p{P}\p{Z}\p{Script=Han}]+/gu) ?? []).flatMap((run) =>
            /\p{Script=Han}/u.test(run) && run.length > 2
              ? Array.from(run.slice(1), (character, index) => run.charAt(index) + character)
              : [run],
          ),
      },
    },
    locales: {
      'zh-CN': {
        translations: {
          button: { buttonText: '搜索', buttonAriaLabel: '搜索文档' },
          modal: {
            displayDetails: '显示详情',
            resetButtonTitle: '清除查询',
            backButtonTitle: '关闭搜索',
            noResultsText: '没有结果：',
            footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
          },
        },
      },
    },
  };
}
