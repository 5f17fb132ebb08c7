/** The documentation's pages, in the order of its sidebar: one list for both languages, so that both have the same pages. */

export type Language = 'en' | 'zh-CN';

export const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

type Title = Readonly<Record<Language, string>>;

export interface Group {
  readonly title: Title;
  /** Path relative to the language's folder, without `.md`. */
  readonly pages: readonly (readonly [path: string, en: string, zh: string])[];
}

export const groups: readonly Group[] = [
  {
    title: { en: 'Start', 'zh-CN': '开始' },
    pages: [
      ['guide/getting-started', 'Getting started', '快速开始'],
      ['guide/coze-console', 'Coze’s console', '扣子控制台配置'],
      ['guide/migration', 'Coming from WebChatClient', '从 WebChatClient 迁移'],
    ],
  },
  {
    title: { en: 'On the page', 'zh-CN': '页面' },
    pages: [
      ['guide/frameworks/html', 'Plain HTML', '纯 HTML'],
      ['guide/frameworks/react', 'React', 'React'],
      ['guide/frameworks/vue', 'Vue', 'Vue'],
      ['guide/frameworks/svelte', 'Svelte', 'Svelte'],
      ['guide/frameworks/next', 'Next.js', 'Next.js'],
      ['guide/frameworks/nuxt', 'Nuxt', 'Nuxt'],
      ['guide/frameworks/sveltekit', 'SvelteKit', 'SvelteKit'],
      ['guide/frameworks/astro', 'Astro', 'Astro'],
      ['guide/frameworks/angular-solid', 'Angular and Solid', 'Angular 与 Solid'],
      ['guide/frameworks/server-pages', 'WordPress and other server pages', 'WordPress 等服务端页面'],
    ],
  },
  {
    title: { en: 'On your server', 'zh-CN': '服务端' },
    pages: [
      ['guide/backend', 'The backend', '后端'],
      ['guide/identity', 'Who the visitor is', '访客身份'],
      ['guide/gateway', 'The gateway', '网关'],
      ['guide/backends/node', 'Node, Bun, Deno, Workers', 'Node、Bun、Deno、Workers'],
      ['guide/backends/python', 'Python', 'Python'],
      ['guide/backends/fastapi', 'FastAPI', 'FastAPI'],
      ['guide/backends/php', 'PHP', 'PHP'],
      ['guide/backends/go', 'Go', 'Go'],
      ['guide/backends/java', 'Java', 'Java'],
      ['guide/backends/sidecar', 'The sidecar', 'Sidecar'],
      ['guide/backends/other', 'Any other language', '其他语言'],
    ],
  },
  {
    title: { en: 'Make it yours', 'zh-CN': '定制' },
    pages: [
      ['guide/theming', 'Theming', '主题'],
      ['guide/languages', 'Languages', '语言'],
      ['guide/events', 'Events and commands', '事件与命令'],
      ['guide/tools', 'Tools that the page runs', '页面执行的工具'],
      ['guide/several-bots', 'Several bots', '多个智能体'],
      ['guide/csp', 'Content security policy', '内容安全策略'],
      ['guide/consent', 'Consent first', '先征得同意'],
      ['guide/own-data', 'A visitor’s own data', '访客自己的数据'],
    ],
  },
  {
    title: { en: 'In production', 'zh-CN': '生产环境' },
    pages: [
      ['guide/testing', 'Testing', '测试'],
      ['guide/going-live', 'Going live', '上线'],
      ['guide/operating', 'Operating', '运维'],
      ['troubleshooting', 'Troubleshooting', '故障排查'],
    ],
  },
  {
    title: { en: 'Reference', 'zh-CN': '参考' },
    pages: [
      ['reference/element', 'The element', '元素'],
      ['reference/chat-options', 'Chat options', '聊天选项'],
      ['reference/server', 'The server part', '服务端'],
      ['reference/cli', 'The command line', '命令行'],
      ['reference/codes', 'Error codes', '错误码'],
    ],
  },
  {
    title: { en: 'About', 'zh-CN': '关于' },
    pages: [
      ['security', 'Security', '安全'],
      ['privacy', 'Privacy', '隐私'],
      ['accessibility', 'Accessibility', '无障碍'],
      ['speed', 'Weight and speed', '体积与速度'],
      ['browsers', 'Browsers', '浏览器'],
      ['limits', 'Limits', '已知限制'],
      ['changelog', 'Changelog', '更新日志'],
    ],
  },
];

/** Every page of a language; the first is its home page. */
export const pagePaths: readonly string[] = ['index', ...groups.flatMap(({ pages }) => pages.map(([path]) => path))];

/** In the format of VitePress. */
export function createSidebar(language: Language): { text: string; collapsed: boolean; items: { text: string; link: string }[] }[] {
  return groups.map(({ title, pages }) => ({
    text: title[language],
    collapsed: false,
    items: pages.map(([path, en, zh]) => ({ text: language === 'en' ? en : zh, link: `/${language}/${path}` })),
  }));
}
