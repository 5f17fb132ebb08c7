import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { isDark } from '../../../src/frame/color-scheme.js';
import { openBubble, openPage, part, untilStill } from './page.js';

type Rgb = readonly [number, number, number];

/** Converted by the browser, so that any notation works. */
function rgbOf(color: string): Rgb {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = rgbOf(color).map((value) => {
    const channel = value / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const channel = ['00', '40', '80', 'c0', 'ff'];
const accents = [
  ...channel.flatMap((red) => channel.flatMap((green) => channel.map((blue) => `#${red}${green}${blue}`))),
  '#767676',
  '#757575',
  'rebeccapurple',
  'oklch(0.7 0.25 140)',
  'hsl(210 100% 46%)',
];

function readable(chat: HTMLElement, accent: string, property: string): string {
  chat.style.setProperty('--coze-chat-accent', accent);
  const probe = part(chat as Parameters<typeof part>[0], 'close');
  probe.style.color = `var(${property})`;
  return getComputedStyle(probe).color;
}

describe('Accent colour', () => {
  it('The launcher has black or white text with enough contrast to any accent colour', async () => {
    const chat = await openPage();
    for (const accent of accents) {
      chat.style.setProperty('--coze-chat-accent', accent);
      const { color, backgroundColor } = getComputedStyle(part(chat, 'launcher'));
      expect([0, 255 * 3]).toContain(rgbOf(color).reduce((sum, value) => sum + value));
      expect(contrast(color, backgroundColor), accent).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each([
    ['light', '#f2f2f5'],
    ['dark', '#2f2f37'],
  ])('Text in the accent colour has enough contrast to the grey of the %s theme', async (theme, grey) => {
    const chat = await openBubble({ theme });
    for (const accent of accents) expect(contrast(readable(chat, accent, '--_accent-text'), grey), accent).toBeGreaterThanOrEqual(4.5);
  });
});

describe('Theme', () => {
  const panelIsDark = (chat: HTMLElement): boolean =>
    luminance(getComputedStyle(part(chat as Parameters<typeof part>[0], 'panel')).backgroundColor) < 0.1;

  it('The theme follows the attribute, or the page’s CSS without !important', async () => {
    const chat = await openPage({ theme: 'dark', open: '' });
    expect(panelIsDark(chat)).toBe(true);
    chat.theme = 'light';
    await chat.updateComplete;
    expect(panelIsDark(chat)).toBe(false);

    const styled = await openPage(
      { open: '' },
      { styles: 'coze-chat { color-scheme: dark } coze-chat::part(panel) { border-color: red }' },
    );
    expect([panelIsDark(styled), getComputedStyle(part(styled, 'panel')).borderColor]).toEqual([true, 'rgb(255, 0, 0)']);
  });

  it('The dark theme has no violations for axe', async () => {
    const chat = await openBubble({ theme: 'dark', heading: 'Shop' }, { styles: 'body { color: #eee; background: #111 }' });
    await untilStill(chat);
    expect((await axe.run(document, { iframes: false })).violations.map(({ id }) => id)).toEqual([]);
  });

  it('The frame is notified when the theme changes, also if the panel was closed meanwhile', async () => {
    const chat = await openBubble({ theme: 'light' });
    const reported = vi.fn();
    const frame = part(chat, 'frame');
    for (const type of ['transitionend', 'animationend']) frame.addEventListener(type, () => reported(isDark(frame)));
    chat.theme = 'dark';
    await vi.waitFor(() => expect(reported).toHaveBeenCalledWith(true));

    chat.hide();
    chat.theme = 'light';
    await chat.updateComplete;
    reported.mockClear();
    chat.show();
    await vi.waitFor(() => expect(reported).toHaveBeenLastCalledWith(false));
  });
});
