/**
 * Regressions from the field that may depend on the engine: the wheel (B13), printing (B9), a morph (B7), and the colour scheme that the
 * frame takes from its page.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { Place } from '../../engines/support/engine.js';
import { patience } from '../../engines/support/engine-chat.js';
import type { EngineVisit } from '../../engines/support/engine-world.js';
import type { Suite } from '../../engines/support/suite.js';

const longPage = '<div style="block-size: 5000px">A long page</div>';

interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

const boxOf = (visit: EngineVisit, selector: string): Promise<Box> =>
  visit.page.run((selector) => {
    const box = document.querySelector('coze-chat')?.shadowRoot?.querySelector(selector)?.getBoundingClientRect();
    return { x: box?.x ?? 0, y: box?.y ?? 0, width: box?.width ?? 0, height: box?.height ?? 0 };
  }, selector);

const twoFrames = (visit: EngineVisit): Promise<unknown> =>
  visit.page.run(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))));

/** The page's scroll position afterwards. */
async function wheelAt(visit: EngineVisit, { x, y }: Place, by: number): Promise<number> {
  for (let turn = 0; turn < 6; turn += 1) await visit.page.wheel({ x: Math.round(x), y: Math.round(y) }, by);
  await twoFrames(visit);
  return visit.page.run(() => scrollY);
}

export const wheel: Suite = (world) => {
  test('The wheel over the panel scrolls only its messages', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, body: longPage });
    const chat = visit.chat();
    await chat.show();
    for (let message = 0; message < 6; message += 1) await chat.ask(`message ${message}`);
    await visit.page.run(() => scrollTo(0, 1000));
    const { x, y, width, height } = await boxOf(visit, '[part=panel]');
    const places: Readonly<Record<string, Place>> = {
      header: { x: x + width / 2, y: y + 20 },
      messages: { x: x + width / 2, y: y + height / 2 },
      composer: { x: x + width / 2, y: y + height - 60 },
    };
    const scrolled: Record<string, number> = {};
    for (const [name, place] of Object.entries(places))
      for (const by of [-400, 400]) {
        await visit.page.run(() => scrollTo(0, 1000));
        scrolled[`${name} ${by}`] = (await wheelAt(visit, place, by)) - 1000;
      }
    expect(scrolled).toEqual(Object.fromEntries(Object.keys(scrolled).map((place) => [place, 0])));
    await expect.poll(() => wheelAt(visit, { x: 20, y: 300 }, 100), patience).not.toBe(1000);
  });
};

/** Applies the print styles to the screen, because no automation emulates print media in every engine. Runs in the page. */
function putOnPaper(isPaper: boolean): void {
  const chat = document.querySelector('coze-chat');
  const frame = chat?.shadowRoot?.querySelector('iframe')?.contentDocument;
  const roots = [document, chat?.shadowRoot, frame].filter((root) => root != null);
  const rules = roots.flatMap(({ styleSheets, adoptedStyleSheets }) =>
    [...styleSheets, ...adoptedStyleSheets].flatMap(({ cssRules }) => [...cssRules]),
  );
  for (const rule of rules) {
    if ('cssRules' in rule) rules.push(...(rule as CSSGroupingRule).cssRules);
    if (!('media' in rule)) continue;
    const { media } = rule as CSSMediaRule;
    if (isPaper && media.mediaText === 'print') media.mediaText = 'print, all';
    else if (!isPaper && media.mediaText === 'print, all') media.mediaText = 'print';
  }
  dispatchEvent(new Event(isPaper ? 'beforeprint' : 'afterprint'));
}

async function onPaper<T>({ page }: EngineVisit, look: () => Promise<T>): Promise<T> {
  await page.run(putOnPaper, true);
  const seen = await look();
  await page.run(putOnPaper, false);
  return seen;
}

/** Number of printed sheets; `undefined` if the engine cannot print. */
async function sheetsOf({ page }: EngineVisit): Promise<number | undefined> {
  const pdf = Buffer.from((await page.print()) ?? '').toString('latin1');
  return pdf === '' ? undefined : pdf.match(/\/Type\s*\/Page\b/g)?.length;
}

export const print: Suite = (world) => {
  test('A page with an open bubble is printed without it, on as many sheets as without the element', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, body: longPage });
    await visit.chat().show();
    await visit.chat().ask('a question');
    expect((await boxOf(visit, '[part=panel]')).height).toBeGreaterThan(0);
    expect((await onPaper(visit, () => boxOf(visit, '[part=panel]'))).height).toBe(0);
    const sheets = await sheetsOf(visit);
    await visit.page.run(() => document.querySelector('coze-chat')?.remove());
    expect(sheets).toBe(await sheetsOf(visit));
  });

  test('An inline chat prints every message without the text field, and looks as before afterwards', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const chat = visit.chat();
    for (let message = 0; message < 10; message += 1) await chat.ask(`message ${message}`);
    const before = await boxOf(visit, 'iframe');
    const printed = await onPaper(visit, async () => ({
      frame: await boxOf(visit, 'iframe'),
      inside: await visit.page.run(() => {
        const root = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument?.documentElement;
        return { content: root?.scrollHeight ?? 0, field: root?.querySelector('textarea')?.getBoundingClientRect().height ?? 0 };
      }),
    }));
    expect(printed.frame.height).toBeGreaterThan(10 * 2 * 44);
    expect(printed.inside.content).toBeLessThanOrEqual(printed.frame.height);
    expect(printed.inside.field).toBe(0);
    expect((await sheetsOf(visit)) ?? 2).toBeGreaterThan(1);
    expect(await boxOf(visit, 'iframe')).toEqual(before);
    await chat.ask('after printing');
  });
};

const library = (path: string): string => readFileSync(`node_modules/${path}`, 'utf8');

/** The library's code, and its call with the element and the server's markup. */
const MORPHS: Readonly<Record<string, readonly [code: string, morph: string]>> = {
  Turbo: [
    library('@hotwired/turbo/dist/turbo.es2017-umd.js'),
    'Turbo.morphElements(chat, new DOMParser().parseFromString(markup, "text/html").body.firstElementChild)',
  ],
  Idiomorph: [library('idiomorph/dist/idiomorph.js'), 'Idiomorph.morph(chat, markup)'],
  morphdom: [library('morphdom/dist/morphdom-umd.js'), 'morphdom(chat, markup)'],
};

export const morph: Suite = (world) => {
  test.each(Object.keys(MORPHS))('A panel that a visitor has opened stays open after a morph by %s, with the same frame', async (name) => {
    const [code = '', call = ''] = MORPHS[name] ?? [];
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } });
    const chat = visit.chat();
    const markup = await visit.page.run(() => document.querySelector('coze-chat')?.outerHTML ?? '');
    await visit.page.click(await chat.launcher());
    await chat.ask('before the morph');
    const after = await visit.page.run(
      (code, call, markup) => {
        const chat = document.querySelector('coze-chat') as CozeChatElement;
        const frame = chat.shadowRoot?.querySelector('iframe');
        const script = document.createElement('script');
        script.textContent = code;
        document.head.append(script);
        new Function('chat', 'markup', call)(chat, markup);
        return chat.updateComplete.then(() => ({
          isConnected: chat.isConnected,
          open: chat.open,
          isSameFrame: chat.shadowRoot?.querySelector('iframe') === frame,
        }));
      },
      code,
      call,
      markup,
    );
    expect(after).toEqual({ isConnected: true, open: true, isSameFrame: true });
    await chat.ask('after the morph');
  });
};

/** The same colours in both schemes, so that only the scheme changes. */
const ONE_COLOUR = '<style>coze-chat { --coze-chat-color: #808080; --coze-chat-background: #fafafa }</style>';

const schemeInside = (visit: EngineVisit): Promise<string> =>
  visit.page.run(() => {
    const root = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument?.documentElement;
    return root == null ? '' : getComputedStyle(root).colorScheme;
  });

export const scheme: Suite = (world) => {
  describe.each([
    ['with its own colours', ''],
    ['with colours that are the same in both schemes', ONE_COLOUR],
  ])('Chat %s', (_case, head) => {
    test.each([
      ['the attribute', (theme: string) => document.querySelector('coze-chat')?.setAttribute('theme', theme)],
      ['the page’s CSS', (theme: string) => document.querySelector<HTMLElement>('coze-chat')?.style.setProperty('color-scheme', theme)],
    ])('The chat’s frame is light or dark as %s says, at once and in the same frame', async (_by, set) => {
      const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { theme: 'light' }, head });
      await visit.chat().untilIdle();
      expect(await schemeInside(visit)).toBe('light');
      for (const theme of ['dark', 'light', 'dark']) {
        await visit.page.run(set, theme);
        await expect.poll(() => schemeInside(visit), { timeout: 5_000 }).toBe(theme);
      }
    });
  });
};
