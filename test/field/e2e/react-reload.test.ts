/**
 * N1: after a reload of a server-rendered page, React's chat has its options and its event handlers; and later it follows its props. Uses
 * the real React and the built component.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumLaunchOptions } from '../../support/chromium.mjs';

const folder = fileURLToPath(new URL('../../../', import.meta.url));

const LIBRARIES = {
  React: { component: 'react', runtime: 'react', client: 'react-dom/client' },
  Preact: { component: 'preact', runtime: 'preact/compat', client: 'preact/compat/client' },
};

const CHAT = `
  const heard = [];
  const chat = (round) => h(CozeChat, {
    botId: '1', 'token-endpoint': '/token', open: true, debug: false, className: 'mine', heading: 'Round ' + round,
    identityToken: 'j.w.t', 'frame-src': '/frame/', nonce: 'once', chatOptions: { readOnly: round === 2 }, 'oncoze-ready': () => heard.push(round),
  });
`;

const SERVER = `
  import { createElement as h } from 'react';
  import { renderToString } from 'react-dom/server';
  import { CozeChat } from './dist/react.js';
  ${CHAT}
  export const markup = renderToString(chat(1));
`;

function siteOf({ component, runtime, client }: (typeof LIBRARIES)['React']): string {
  return `
    import { createElement as h } from '${runtime}';
    import { hydrateRoot } from '${client}';
    import { CozeChat } from './dist/${component}.js';
    ${CHAT}
    const root = hydrateRoot(document.querySelector('main'), chat(1));
    Object.assign(window, { heard, renderAgain: () => root.render(chat(2)), unmount: () => root.unmount() });
  `;
}

/** With the package's own element. */
function laterSiteOf({ component, runtime, client }: (typeof LIBRARIES)['React']): string {
  return `
    import { createElement as h } from '${runtime}';
    import { createRoot } from '${client}';
    import { CozeChat } from './dist/${component}.js';
    const root = createRoot(document.querySelector('main'));
    const refs = [];
    const ref = (element) => void refs.push(element && element.localName);
    const atStart = true;
    const render = async (props) => {
      const context = () => ({});
      root.render(h(CozeChat, { tokenEndpoint: '/token', context, ...props, ref }));
      await customElements.whenDefined('coze-chat');
      const chat = document.querySelector('coze-chat');
      while (chat.context !== context) await new Promise(requestAnimationFrame);
      return chat;
    };
    Object.assign(window, { atStart, refs, render });
  `;
}

const packagesElement: Plugin = {
  name: 'packages-element',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^coze-chat-embed\/define$/ }, () => ({ path: join(folder, 'dist/define-module.js') }));
  },
};

/** Replaces the element by a plain one, which records its properties when it is connected. */
const plainElement: Plugin = {
  name: 'plain-element',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^coze-chat-embed\/define$/ }, ({ path }) => ({ path, namespace: 'plain' }));
    onLoad({ filter: /.*/, namespace: 'plain' }, () => ({
      contents: `customElements.define('coze-chat', class extends HTMLElement {
        connectedCallback() {
          const { chatOptions: options, identityToken, frameSrc, nonce } = this;
          window.atStart = { options, identityToken, frameSrc, nonce, bot: this.getAttribute('bot-id') };
          this.dispatchEvent(new Event('coze-ready'));
        }
      })`,
    }));
  },
};

async function bundle(contents: string, platform: 'node' | 'browser', element = plainElement): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    platform,
    format: platform === 'node' ? 'cjs' : 'iife',
    define: { 'process.env.NODE_ENV': '"development"', 'import.meta.url': '"https://shop.example/"' },
    logLevel: 'error',
    plugins: [element],
  });
  return outputFiles[0]?.text ?? '';
}

let browser: Browser;
/** Rendered as on a server, without a document. */
let markup: string;
const temporary = mkdtempSync(join(tmpdir(), 'coze-chat-embed-'));
beforeAll(async () => {
  const file = join(temporary, 'server.cjs');
  writeFileSync(file, await bundle(SERVER, 'node'));
  ({ markup } = createRequire(import.meta.url)(file) as { readonly markup: string });
  browser = await chromium.launch(chromiumLaunchOptions());
});
afterAll(async () => {
  rmSync(temporary, { recursive: true });
  await browser.close();
});

async function openSite(site: string, element?: Plugin): Promise<Page> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.setContent(`<!doctype html><main>${markup}</main>`);
  await page.addScriptTag({ content: await bundle(site, 'browser', element) });
  await page.waitForFunction('window.atStart !== undefined');
  expect(complaints).toEqual([]);
  return page;
}

test('The server renders only attributes, without properties, listeners, identity token and nonce', () => {
  expect(markup).toBe('<coze-chat bot-id="1" token-endpoint="/token" open="" class="mine" heading="Round 1"></coze-chat>');
});

describe.each(Object.entries(LIBRARIES))('Component for %s', (_name, library) => {
  test('A component sets properties and handlers on a server-rendered chat before it starts, and keeps them up to date', async () => {
    const page = await openSite(siteOf(library));
    expect(await page.evaluate('[atStart, heard]')).toEqual([
      { options: { readOnly: false }, identityToken: 'j.w.t', frameSrc: '/frame/', nonce: 'once', bot: '1' },
      [1],
    ]);
    await page.evaluate('renderAgain()');
    await page.waitForFunction(`document.querySelector('coze-chat').getAttribute('heading') === 'Round 2'`);
    await page.waitForFunction(`document.querySelector('coze-chat').chatOptions.readOnly`);
    await page.evaluate(`window.chat = document.querySelector('coze-chat'); chat.dispatchEvent(new Event('coze-ready'))`);
    expect(await page.evaluate('heard')).toEqual([1, 2]);
    await page.evaluate('unmount()');
    await page.waitForFunction('!chat.isConnected');
    await page.evaluate(`chat.dispatchEvent(new Event('coze-ready'))`);
    expect(await page.evaluate('heard')).toEqual([1, 2]);
    await page.close();
  });

  test.each([
    ['open', { open: false, botId: null, userName: null }, { open: true, botId: '1', userName: 'Alice' }],
    ['open, as it is written in HTML', {}, { open: '', botId: '1', userName: 'Alice' }],
  ])('An element that is already defined gets values that were null or false before, and is %s', async (_state, before, after) => {
    const page = await openSite(laterSiteOf(library), packagesElement);
    await page.evaluate((props) => (window as unknown as Site).render(props), before);
    const state = await page.evaluate(async (props) => {
      const { open, botId, userName } = await (window as unknown as Site).render(props);
      return { open, botId, userName };
    }, after);
    expect(state).toEqual({ open: true, botId: '1', userName: 'Alice' });
    await page.close();
  });

  test('A panel that the visitor has closed stays closed until the page opens it again, and a ref function is called once', async () => {
    const page = await openSite(laterSiteOf(library), packagesElement);
    const states = await page.evaluate(async () => {
      const { render } = window as unknown as Site;
      const chat = await render({ botId: '1', open: true });
      chat.open = false;
      const { open } = await render({ botId: '1', open: true, heading: 'Help' });
      await render({ botId: '1', open: false });
      return [open, (await render({ botId: '1', open: true })).open];
    });
    expect(states).toEqual([false, true]);
    expect(await page.evaluate('refs')).toEqual(['coze-chat']);
    await page.close();
  });
});

interface Site {
  readonly render: (props: object) => Promise<HTMLElement & Record<string, unknown>>;
}
