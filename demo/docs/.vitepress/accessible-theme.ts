/** Corrects what assistive technology gets from VitePress's default theme: roles, names, and Chinese names on Chinese pages. */
import type { MarkdownOptions, Plugin } from 'vitepress';
import { type Patch, replaceOrFail } from '../../../src/build/replace-or-fail.js';

/** By the component's file. An update of VitePress that changes one of the texts fails the build. */
const CORRECTIONS: Readonly<Record<string, readonly Patch[]>> = {
  // A home page has no main landmark.
  'VPHome.vue': [
    ['<div \n    class="VPHome"', '<main \n    class="VPHome"'],
    ['</div>\n</template>', '</main>\n</template>'],
  ],
  // Groups are buttons that contain a second button, and pages are buttons that contain a link. Space does not press them.
  'VPSidebarItem.vue': [
    [':role="itemRole"', `:role="item.items ? 'button' : undefined" :aria-expanded="item.items ? !collapsed : undefined"`],
    ['role="button"\n        aria-label="toggle section"', 'aria-hidden="true"'],
    ['@keydown.enter="onCaretClick"\n        tabindex="0"', ''],
    [
      "if ('key' in e && e.key !== 'Enter') {\n    return\n  }",
      "if ('key' in e) {\n    if (!['Enter', ' '].includes(e.key)) return\n    e.preventDefault()\n  }",
    ],
  ],
  // The name of a button has to contain its visible text. The style sheet shows the key.
  'VPNavBarSearchButton.vue': [['<kbd class="DocSearch-Button-Key">K</kbd>', '<kbd class="DocSearch-Button-Key"></kbd>']],
  'NotFound.vue': [
    ['<div class="NotFound">', '<main class="NotFound">'],
    ['</div>\n</template>', '</main>\n</template>'],
    [`:aria-label="theme.notFound?.linkLabel ?? 'go to home'"`, ''],
  ],
  // An address without a page has none in the other language either: the switch leads to its home page.
  'langs.js': [['correspondingLink, page', 'correspondingLink && !page.value.isNotFound, page']],
  'VPNavBarHamburger.vue': [['aria-label="mobile navigation"', `:aria-label="${inLanguage('Navigation', '导航菜单')}"`]],
  'VPNavBarExtra.vue': [['label="extra navigation"', `:label="${inLanguage('More', '更多')}"`]],
  'VPNavBarMenu.vue': [['Main Navigation', `{{ ${inLanguage('Main navigation', '主导航')} }}`]],
  'VPSidebar.vue': [['Sidebar Navigation', `{{ ${inLanguage('Sidebar', '侧边栏')} }}`]],
  'VPDocFooter.vue': [['>Pager<', `>{{ ${inLanguage('Previous and next page', '上一页和下一页')} }}<`]],
};

/** An expression for a template of Vue. */
function inLanguage(english: string, chinese: string): string {
  return `pageLanguage === 'zh-CN' ? '${chinese}' : '${english}'`;
}

const DECLARE_LANGUAGE = `
import { useData as usePageData } from 'vitepress'
const { lang: pageLanguage } = usePageData()
`;

export function correctTheme(): Plugin {
  return {
    name: 'accessible-theme',
    enforce: 'pre',
    transform(code, id) {
      const name = /\/theme-default\/(?:\w+\/)?(\w+\.(?:vue|js))$/.exec(id)?.[1] ?? '';
      const corrections = CORRECTIONS[name];
      if (corrections === undefined) return undefined;
      const corrected = corrections.reduce((text, correction) => replaceOrFail(text, correction, `VitePress's ${name}`), code);
      return corrected.includes('pageLanguage') ? corrected.replace(/<script[^>]*>/, (tag) => tag + DECLARE_LANGUAGE) : corrected;
    },
  };
}

/** Names the buttons and links that VitePress adds to the text of a page. */
export const nameAddedControls: NonNullable<MarkdownOptions['config']> = (md) => {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env: { readonly relativePath?: string }, self) => {
    const html = fence?.(tokens, index, options, env, self) ?? '';
    return isChinese(env) ? html.replace('title="Copy Code"', 'title="复制代码"') : html;
  };
  md.core.ruler.push('name-permalinks', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.attrGet('class') !== 'header-anchor') continue;
      // VitePress's name contains the heading as it is in Markdown, with its id: `Next {#next}`.
      const title = (token.attrGet('aria-label') ?? '').replace(/^Permalink to "(.*?)(?: \{#[\w-]+\})?"$/, '$1').replaceAll('`', '');
      token.attrSet('aria-label', isChinese(env as object) ? `“${title}”的链接` : `Link to “${title}”`);
    }
  });
};

function isChinese({ relativePath }: { readonly relativePath?: string }): boolean {
  return relativePath?.startsWith('zh-CN/') ?? false;
}
