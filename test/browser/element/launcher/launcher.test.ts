import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { hasPart, openBubble, openPage, part, untilStatus } from '../page.js';

const styleOf = (element: Element): CSSStyleDeclaration => getComputedStyle(element);

describe('Launcher', () => {
  it('The launcher is a button with a name that says which panel it controls and whether the panel is open', async () => {
    const chat = await openPage();
    const launcher = part<HTMLButtonElement>(chat, 'launcher');
    await expect.element(page.getByRole('button', { name: 'Open chat', expanded: false })).toBeVisible();
    expect(launcher.type).toBe('button');
    expect(chat.shadowRoot?.getElementById(launcher.getAttribute('aria-controls') ?? '')).toBe(part(chat, 'panel'));
    await userEvent.click(launcher);
    await expect.element(page.getByRole('button', { name: 'Open chat', expanded: true })).toBeVisible();
    await userEvent.click(launcher);
    await expect.element(page.getByRole('button', { name: 'Open chat', expanded: false })).toBeVisible();
  });

  it('The launcher has the name and the icon that the page sets', async () => {
    const icon = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    const chat = await openPage({ 'launcher-label': 'Ask us', icon });
    await expect.element(page.getByRole('button', { name: 'Ask us' })).toBeVisible();
    const picture = part(chat, 'launcher').querySelector('img');
    expect([picture?.src, picture?.alt]).toEqual([icon, '']);
  });

  it('The launcher shows the content that the page puts into its slot', async () => {
    await openPage({}, { content: '<b slot="launcher">?</b>' });
    await expect.element(page.getByText('?')).toBeVisible();
    await userEvent.click(page.getByText('?'));
    await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible();
  });

  it('The launcher does not submit a form around it', async () => {
    let isSent = false;
    const chat = await openPage({}, { before: '<form id="form"></form>' });
    const form = document.querySelector('#form') as HTMLFormElement;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      isSent = true;
    });
    form.append(chat);
    await userEvent.click(part(chat, 'launcher'));
    expect([chat.open, isSent]).toEqual([true, false]);
  });
});

describe('Panel', () => {
  it('The panel of a bubble is a dialog in a landmark, and both have the name of the frame', async () => {
    await openBubble({ heading: 'Support' });
    await expect.element(page.getByRole('region', { name: 'Support' })).toBeInTheDocument();
    await expect.element(page.getByRole('dialog', { name: 'Support' })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Support' })).toBeVisible();
    await expect.element(page.getByTitle('Support')).toBeVisible();
  });

  it('The panel in mode inline is a landmark and no dialog', async () => {
    const chat = await openPage({ mode: 'inline', 'aria-label': 'Support' });
    await untilStatus(chat, 'ready');
    expect(page.getByRole('region', { name: 'Support' }).elements()).toEqual([part(chat, 'panel')]);
    expect(page.getByRole('dialog').elements()).toEqual([]);
  });

  it('The panel is shown before its code is loaded, and gets its header afterwards', async () => {
    const chat = await openPage();
    chat.show();
    await chat.updateComplete;
    expect(part(chat, 'panel').hidden).toBe(false);
    expect(part(chat, 'status').textContent).toContain('Starting the chat…');
    await untilStatus(chat, 'ready');
    expect(part(chat, 'status').hidden).toBe(true);
    expect(hasPart(chat, 'header')).toBe(true);
  });
});

describe('Styles and content from the page', () => {
  it.each([
    ['--coze-chat-accent', 'rgb(1, 2, 3)', 'launcher', 'backgroundColor', 'rgb(1, 2, 3)'],
    ['--coze-chat-width', '300px', 'panel', 'inlineSize', '300px'],
    ['--coze-chat-height', '333px', 'panel', 'blockSize', '333px'],
    ['--coze-chat-radius', '3px', 'panel', 'borderTopLeftRadius', '3px'],
    ['--coze-chat-font', 'monospace', 'panel', 'fontFamily', 'monospace'],
  ] as const)('A page can set %s for a part', async (property, value, name, style, expected) => {
    await page.viewport(1000, 800);
    const chat = await openBubble({}, { styles: `coze-chat { ${property}: ${value} }` });
    expect(styleOf(part(chat, name))[style]).toBe(expected);
  });

  it.each([
    ['--coze-chat-offset-inline', '50px', 'insetInlineEnd', '50px'],
    ['--coze-chat-offset-block', '60px', 'insetBlockEnd', '60px'],
    ['--coze-chat-z-index', '7', 'zIndex', '7'],
  ] as const)('A page can set %s for the element', async (property, value, style, expected) => {
    const chat = await openPage({}, { styles: `coze-chat { ${property}: ${value} }` });
    expect(styleOf(chat)[style]).toBe(expected);
  });

  it.each(['launcher', 'panel', 'header', 'resize', 'close', 'frame'])('A page can style ::part(%s) without !important', async (name) => {
    const chat = await openBubble({}, { styles: `coze-chat::part(${name}) { background: rgb(4, 5, 6) }` });
    expect(styleOf(part(chat, name)).backgroundColor).toBe('rgb(4, 5, 6)');
  });

  it('A page can style ::part(status) without !important', async () => {
    const styles = 'coze-chat::part(status) { background: rgb(4, 5, 6) }';
    const chat = await openPage({ mode: 'inline' }, { styles, getToken: () => new Promise(() => {}) });
    await untilStatus(chat, 'authorizing');
    expect(styleOf(part(chat, 'status')).backgroundColor).toBe('rgb(4, 5, 6)');
  });

  it('A page can style ::part(teaser) without !important', async () => {
    const styles = 'coze-chat::part(teaser) { background: rgb(4, 5, 6) }';
    const chat = await openPage({ teaser: 'May I help?', 'teaser-delay-seconds': '0' }, { styles });
    await expect.element(page.getByText('May I help?')).toBeVisible();
    expect(styleOf(part(chat, 'teaser')).backgroundColor).toBe('rgb(4, 5, 6)');
  });

  it('A page can style ::part(notice) without !important', async () => {
    const chat = await openBubble({}, { styles: 'coze-chat::part(notice) { background: rgb(4, 5, 6) }' });
    const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    onTestFinished(() => network.mockRestore());
    window.dispatchEvent(new Event('offline'));
    await expect.element(page.getByText('You are offline')).toBeVisible();
    expect(styleOf(part(chat, 'notice')).backgroundColor).toBe('rgb(4, 5, 6)');
  });

  it('A page can style a status by :state()', async () => {
    const chat = await openPage({}, { styles: 'coze-chat:state(ready) { opacity: 0.5 }' });
    expect([chat.matches(':state(idle)'), styleOf(chat).opacity]).toEqual([true, '1']);
    chat.show();
    await untilStatus(chat, 'ready');
    expect([chat.matches(':state(idle)'), chat.matches(':state(ready)'), styleOf(chat).opacity]).toEqual([false, true, '0.5']);
  });

  it('A page can replace the loading view by its slot', async () => {
    const chat = await openPage({ mode: 'inline' }, { content: '<p slot="loading">One moment</p>', getToken: () => new Promise(() => {}) });
    await expect.element(page.getByText('One moment')).toBeVisible();
    expect(chat.status).toBe('authorizing');
  });

  it('A page can replace the failed view by its slot', async () => {
    const content = '<p slot="error">Call 555 instead</p>';
    const chat = await openPage({ mode: 'inline', 'bot-id': null }, { content });
    await untilStatus(chat, 'failed');
    await expect.element(page.getByText('Call 555 instead')).toBeVisible();
    await expect.element(page.getByText('bot-id is missing')).not.toBeVisible();
  });
});

describe('Styles that do not target the chat', () => {
  it('General styles of the page do not change the launcher, the panel and its header', async () => {
    const looks = async (styles: string): Promise<string[]> => {
      const chat = await openBubble({ heading: 'Support' }, { styles });
      return ['launcher', 'panel', 'header', 'close'].flatMap((name) => {
        const { color, font, letterSpacing, textTransform, textAlign, cursor, whiteSpace, inlineSize, blockSize } = styleOf(
          part(chat, name),
        );
        return [name, color, font, letterSpacing, textTransform, textAlign, cursor, whiteSpace, inlineSize, blockSize];
      });
    };
    const plain = await looks('');
    const hostile = `* { color: green !important; font-size: 33px; box-sizing: content-box; letter-spacing: 9px; text-align: right; white-space: pre }
      html { font: 40px/3 serif } body { text-transform: uppercase; cursor: wait } button, section { border: 9px solid red; padding: 40px }`;
    expect(await looks(hostile)).toEqual(plain);
  });

  it('The chat is hidden together with an element around it', async () => {
    const chat = await openPage({ mode: 'inline' }, { before: '<div id="tab"></div>' });
    const tab = document.querySelector<HTMLElement>('#tab');
    tab?.append(chat);
    await untilStatus(chat, 'ready');
    tab?.style.setProperty('visibility', 'hidden');
    expect(styleOf(part(chat, 'panel')).visibility).toBe('hidden');
  });
});
