import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import type { CozeChatElement } from '../../../src/index.js';
import { noToken, openBubble, openPage, part, untilStatus, untilStill } from './page.js';

const box = (element: Element): DOMRect => element.getBoundingClientRect();
const viewport = { width: 1000, height: 800 };

/** Gaps between an element and the edges of the viewport. */
function gaps(element: Element): { top: number; right: number; bottom: number; left: number } {
  const { top, right, bottom, left } = box(element);
  return { top, right: innerWidth - right, bottom: innerHeight - bottom, left };
}

describe.each(['ltr', 'rtl'] as const)('Placement of a bubble in %s writing', (direction) => {
  it.each([
    ['bottom-end', 'bottom', 'end'],
    ['bottom-start', 'bottom', 'start'],
    ['top-end', 'top', 'end'],
    ['top-start', 'top', 'start'],
  ] as const)('A bubble placed at %s has its launcher in that corner and its panel beside it', async (placement, block, inline) => {
    await page.viewport(viewport.width, viewport.height);
    document.documentElement.dir = direction;
    const chat = await openBubble({ placement });
    await untilStill(chat);
    const side = (inline === 'end') === (direction === 'ltr') ? 'right' : 'left';
    const launcher = gaps(part(chat, 'launcher'));
    expect([launcher[block], launcher[side]]).toEqual([24, 24]);
    const panel = gaps(part(chat, 'panel'));
    expect([panel[block], panel[side]]).toEqual([24 + 56 + 16, 24]);
  });
});

describe.each(['body *', 'body > *'])('Page with a style for %s', (selector) => {
  const rules = [
    'position: relative; z-index: 1',
    'position: relative !important',
    'position: sticky; inset-block-start: auto',
    'inline-size: 100%; max-inline-size: 1200px; margin-inline: auto; padding-inline: 20px',
    'min-inline-size: 100px',
    'min-block-size: 100vh',
    'block-size: 100% !important',
    'margin: 16px !important; padding: 16px !important',
    'overflow: hidden auto',
    'box-sizing: content-box',
    'transition: all 1s; transform: translateZ(0); filter: grayscale(1); will-change: transform',
    'display: flex; flex-direction: column; align-items: start',
    'contain: strict',
    'container-type: size',
    'content-visibility: auto',
  ];

  async function appearance(mode: string): Promise<readonly unknown[]> {
    const chat = document.querySelector('coze-chat') as CozeChatElement;
    await untilStill(chat);
    const shown = ['panel', ...(mode === 'bubble' ? ['launcher'] : [])].map((name) => part(chat, name));
    return shown.flatMap((element) => {
      const { x, y, width, height } = box(element);
      return [x, y, width, height, document.elementFromPoint(x + width / 2, y + height / 2)?.localName];
    });
  }

  it.each(rules)('A bubble and a chat in mode page stay as they are if that style is %s', async (rule) => {
    await page.viewport(viewport.width, viewport.height);
    for (const mode of ['bubble', 'page']) {
      const chat = await openBubbleOrPage(mode);
      const before = await appearance(mode);
      expect(before).toContain('coze-chat');
      addStyle(`${selector} { ${rule} }`);
      expect([mode, await appearance(mode), getComputedStyle(chat).zIndex]).toEqual([mode, before, '2147480000']);
    }
  });

  it('A chat in mode inline is not shifted by a page that positions its elements', async () => {
    const chat = await openPage({ mode: 'inline' });
    const before = box(part(chat, 'panel'));
    addStyle(`${selector} { position: relative }`);
    expect(box(part(chat, 'panel'))).toEqual(before);
  });
});

function addStyle(style: string): void {
  document.body.querySelector('style')?.append(style);
}

function openBubbleOrPage(mode: string): Promise<CozeChatElement> {
  return mode === 'bubble' ? openBubble() : openPage({ mode });
}

describe.each([
  ['a desktop', 1280, 800, 24],
  ['a phone', 375, 667, 16],
  ['a phone in landscape', 667, 375, 24],
  ['the smallest supported size', 320, 480, 16],
] as const)('Viewport of %s', (_, width, height, margin) => {
  it.each(['bottom-end', 'top-start'])('An open bubble at %s lies within the viewport', async (placement) => {
    await page.viewport(width, height);
    const chat = await openBubble({ placement });
    await untilStill(chat);
    for (const name of ['panel', 'launcher']) {
      const { top, right, bottom, left } = gaps(part(chat, name));
      expect(Math.min(top, right, bottom, left)).toBeGreaterThanOrEqual(margin);
    }
    expect(document.documentElement.scrollWidth).toBe(innerWidth);
  });
});

describe('Chat without a bubble', () => {
  it('A chat in mode inline fills the box around it', async () => {
    const styles = '#box { inline-size: 444px; block-size: 333px } #box coze-chat { --coze-chat-height: 100% }';
    const chat = await openPage({ mode: 'inline' }, { styles, before: '<div id="box"></div>' });
    document.querySelector('#box')?.append(chat);
    await untilStatus(chat, 'ready');
    const { width, height } = box(part(chat, 'panel'));
    expect([width, height]).toEqual([444, 333]);
  });

  it('A chat in mode inline has its height before it is ready', async () => {
    const chat = await openPage({ mode: 'inline' }, { getToken: () => new Promise(() => {}) });
    const before = box(chat).height;
    await untilStatus(chat, 'authorizing');
    expect([before, box(chat).height]).toEqual([600, 600]);
  });

  it('A chat in mode page fills the viewport, even if the body has margins', async () => {
    await page.viewport(375, 667);
    const chat = await openPage({ mode: 'page', placement: 'top-start' }, { styles: 'body { margin: 40px }' });
    await untilStatus(chat, 'ready');
    expect(gaps(part(chat, 'panel'))).toEqual({ top: 0, right: 0, bottom: 0, left: 0 });
    expect(getComputedStyle(part(chat, 'panel')).borderRadius).toBe('0px');
  });

  it('A chat with the attribute hidden takes no space', async () => {
    const chat = await openPage({ hidden: '' });
    expect(box(part(chat, 'launcher')).width).toBe(0);
  });
});

describe('Long text in a small panel', () => {
  it('A long text in a small panel can be read from its first line to its last', async () => {
    await page.viewport(320, 300);
    const chat = await openPage({ 'api-base-url': 'ftp://example' }, {});
    chat.show();
    await untilStatus(chat, 'failed');
    const status = part(chat, 'status');
    const first = status.querySelector('.title') as Element;
    expect(box(first).top).toBeGreaterThanOrEqual(box(status).top);
    status.scrollTop = status.scrollHeight;
    expect(box(status.querySelector('.detail') as Element).bottom).toBeLessThanOrEqual(box(status).bottom);
  });
});

describe('Motion', () => {
  const emulate = (value: string): Promise<unknown> =>
    cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });

  it.each([
    ['no-preference', ['appear', 'breathe']],
    ['reduce', ['none', 'none']],
  ])('With prefers-reduced-motion: %s the animations of a loading panel and of its skeleton are %j', async (preference, names) => {
    onTestFinished(async () => void (await emulate('')));
    await emulate(preference);
    const getToken = vi.fn(noToken);
    const chat = await openPage({}, { getToken });
    chat.show();
    // The skeleton's styles are loaded together with the first token request. The animation may have ended by then, so the test checks the
    // allowed animations instead of the running ones.
    await vi.waitUntil(() => getToken.mock.calls.length > 0, { interval: 10, timeout: 10_000 });
    await untilStatus(chat, 'authorizing');
    const animated = [...(chat.shadowRoot?.querySelectorAll('.panel, .skeleton') ?? [])];
    expect(animated.map((element) => getComputedStyle(element).animationName)).toEqual(names);
  });
});
