import '../../../../../src/frame/app/theme.css';
import '../../../../../src/frame/app/markdown/markdown.css';
import type { JSX } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PictureVerdict } from '../../../../../src/core/address.js';
import { ParseSchedule } from '../../../../../src/frame/app/markdown/pace/parse-schedule.js';
import { ParseScheduleContext } from '../../../../../src/frame/app/markdown/pace/parse-schedule-context.js';
import { MarkdownView } from '../../../../../src/frame/app/markdown/render/markdown-view.js';
import { PlainText } from '../../../../../src/frame/app/sdk/overrides/plain-text.js';
import { PictureValidator } from '../../../../../src/frame/platform/taro/pictures.js';
import { render, type Rendered } from '../../platform/taro/components/render.js';

const show = (markdown: string, props: Partial<Parameters<typeof MarkdownView>[0]> = {}): Rendered =>
  render(<MarkdownView markdown={markdown} isFinish {...props} />);

describe('Elements', () => {
  test.each([
    [
      'a paragraph',
      'Hello *there*, **you**, ~~not you~~ and `code`.',
      '<p dir="auto">Hello <em>there</em>, <strong>you</strong>, <del>not you</del> and <code dir="auto">code</code>.</p>',
    ],
    ['a line end', 'one\ntwo', '<p dir="auto">one<br>two</p>'],
    [
      'a heading, below the one of the chat',
      '# One\n\n###### Six',
      '<h2 dir="auto" class="md-heading md-heading--1">One</h2><h3 dir="auto" class="md-heading md-heading--6">Six</h3>',
    ],
    ['a tight list', '- one\n- two', '<ul dir="auto"><li>one</li><li>two</li></ul>'],
    ['a loose list', '- one\n\n- two', '<ul dir="auto"><li><p>one</p></li><li><p>two</p></li></ul>'],
    ['a list that begins at five', '5. five\n6. six', '<ol dir="auto" start="5"><li>five</li><li>six</li></ol>'],
    ['a list in a list', '- one\n  1. two', '<ul dir="auto"><li>one<ol start="1"><li>two</li></ol></li></ul>'],
    ['a quotation', '> said\n>\n> so', '<blockquote dir="auto"><p>said</p><p>so</p></blockquote>'],
    ['a break between topics', 'a\n\n---\n\nb', '<p dir="auto">a</p><hr><p dir="auto">b</p>'],
  ])('Markdown with %s is rendered as the expected elements', (_, markdown, html) => {
    expect(show(markdown).get('.md-group').innerHTML).toBe(html);
  });

  test.each([
    ['## A\n\n### B\n\n## C', 'H2 H3 H2'],
    ['### A\n\n# B\n\n## C\n\n#### D\n\n## E', 'H2 H2 H3 H4 H3'],
    ['# A\n## B\n### C\n#### D\n##### E\n###### F', 'H2 H3 H4 H5 H6 H6'],
    [`#### A\n\n${'b\n\n'.repeat(40)}###### C`, 'H2 H3'],
  ])('No level is left out between the headings of %j', (markdown, levels) => {
    const { container } = show(markdown);
    expect([...container.querySelectorAll('h2, h3, h4, h5, h6')].map(({ tagName }) => tagName).join(' ')).toBe(levels);
  });

  test('HTML in a message is shown as text', async () => {
    const { container } = show('<b onclick="x()">bold</b>\n\n<script>alert(1)</script>');
    await expect.poll(() => container.innerText).toContain('<b onclick="x()">bold</b>');
    expect(container.querySelector('b, script')).toBeNull();
    expect(container.innerText).toContain('<script>alert(1)</script>');
  });

  test('A table has header cells and an alignment', () => {
    const { get, container } = show('| a | b |\n|---|--:|\n| 1 | 2 |');
    expect(get('th').getAttribute('scope')).toBe('col');
    expect([...container.querySelectorAll('td')].map((cell) => getComputedStyle(cell).textAlign)).toEqual(['start', 'right']);
  });

  test('An empty cell in the head of a table names no column, and looks like the rest of the head', () => {
    const { get } = show('| | a |\n|---|--:|\n| b | 2 |');
    const [corner, name] = [...get('tr').children];
    expect([corner!.localName, corner!.hasAttribute('scope'), name!.localName]).toEqual(['td', false, 'th']);
    const { backgroundColor, borderTopWidth } = getComputedStyle(corner!);
    expect([backgroundColor, borderTopWidth]).toEqual([getComputedStyle(name!).backgroundColor, '0px']);
  });

  test.each([
    ['Table', `| ${'wide '.repeat(50)} |\n|---|\n| 1 |`.replaceAll('e w', 'e\u00a0w')],
    ['Code', `\`\`\`\n${'wide '.repeat(50)}\n\`\`\``],
  ])('%s that is wider than the chat can be reached by the Tab key and has a name', async (name, markdown) => {
    const { container } = render(
      <div style={{ width: 200 }}>
        <MarkdownView markdown={markdown} isFinish />
      </div>,
    );
    await expect.poll(() => container.querySelector('[tabindex="0"][role="group"]')?.ariaLabel).toBe(name);
  });

  test.each(['| a |\n|---|\n| 1 |', '```\n1\n```'])(
    'The text %j, which fits into the chat, cannot be reached by the Tab key',
    async (markdown) => {
      const { container } = show(markdown);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      expect(container.querySelector('[tabindex]')).toBeNull();
    },
  );

  test('Plain text looks the same before and after the parser is loaded', () => {
    const markdown = 'Hello there.\nAsk me: I know a lot.';
    const plain = render(<PlainText markdown={markdown} className="text" />);
    const formatted = show(markdown, { className: 'text' });
    expect(formatted.get('.md-group').innerHTML).toBe(plain.get('.md').innerHTML);
    expect(formatted.get('p').getBoundingClientRect().height).toBe(plain.get('p').getBoundingClientRect().height);
    expect(formatted.get('.md').getBoundingClientRect().height).toBe(plain.get('.md').getBoundingClientRect().height);
  });

  test('An Arabic paragraph in an English answer runs from right to left', () => {
    const { container } = show('Hello\n\nمرحبا بكم');
    expect([...container.querySelectorAll('p')].map((paragraph) => getComputedStyle(paragraph).direction)).toEqual(['ltr', 'rtl']);
  });

  test('A footnote and its mark lead to each other, and the address of the frame does not change', async () => {
    const address = location.href;
    const { get, container } = show('Tea[^1] is old.\n\n[^1]: Since 2737 BC.');
    await expect.poll(() => container.querySelector('sup button')).not.toBeNull();
    await userEvent.click(get('sup button'));
    expect(document.activeElement).toBe(get('[role=note]'));
    await userEvent.click(get('[role=note] button'));
    expect(document.activeElement).toBe(get('sup button'));
    expect(location.href).toBe(address);
  });
});

describe('Links', () => {
  test('A link opens in a new tab, and the page is notified of a click', async () => {
    const handleLinkClick = vi.fn();
    const { get } = show('[out](https://example.com/a)', { onLinkClick: handleLinkClick });
    const { href, target, rel } = get<HTMLAnchorElement>('a');
    expect([href, target, rel]).toEqual(['https://example.com/a', '_blank', 'noopener noreferrer']);
    await userEvent.click(get('a'));
    expect(handleLinkClick.mock.lastCall?.[1]).toEqual({ url: 'https://example.com/a' });
  });

  test.each(['[out](javascript:alert(1))', '[out](/logout)', '[out](data:text/html,x)', '[out][1]\n\n[1]: logout'])(
    'The link %s is shown as text',
    (markdown) => {
      const { container } = show(markdown);
      expect(container.querySelector('a')).toBeNull();
      expect(container.innerText).toContain('out');
    },
  );
});

describe('Code', () => {
  test('A code block shows its language, and its button copies the code', async () => {
    const write = vi.spyOn(document, 'execCommand');
    const { get } = show('```py\nprint("a")\n```');
    expect(get('figcaption span').textContent).toBe('py');
    await userEvent.click(get('figcaption button'));
    await expect.poll(() => write).toHaveBeenCalledWith('copy');
    write.mockRestore();
  });

  test('Code is coloured once the grammar of its language is loaded, and its text stays the same', async () => {
    const { get, container } = show('```python\ndef f(x):\n    return "a" # b\n```');
    await expect.poll(() => container.querySelector('.md-code__keyword')).not.toBeNull();
    expect(get('pre').textContent).toBe('def f(x):\n    return "a" # b');
  });

  test('Code in an unknown language and very long code are not coloured', async () => {
    const { get } = show(`\`\`\`klingon\nqapla\n\`\`\`\n\n\`\`\`js\n${'x();\n'.repeat(5000)}\`\`\``);
    await new Promise(requestAnimationFrame);
    expect(get('.md').querySelector('[class*=md-code__]:not(.md-code__scroll)')).toBeNull();
    expect(get('.md').textContent).toContain('qapla');
  });
});

describe('Formulas', () => {
  test('A formula is rendered as MathML', async () => {
    const { container } = show('$$\\frac{a}{b}$$');
    await expect.poll(() => container.querySelector('math mfrac')).not.toBeNull();
  });

  test('A very long formula is shown as it was written', async () => {
    const { container } = show(`$$${'x+'.repeat(600)}x$$`);
    await import('../../../../../src/frame/app/markdown/render/set-formula.js');
    await expect.poll(() => container.innerText).toContain('x+x+x');
    await new Promise(requestAnimationFrame);
    expect(container.querySelector('math')).toBeNull();
  });

  test('A formula with an error is shown as it was written', async () => {
    const { container } = show('$$\\frac{a$$');
    await expect.poll(() => container.innerText).toContain('\\frac{a');
    await import('../../../../../src/frame/app/markdown/render/set-formula.js');
    await new Promise(requestAnimationFrame);
    expect(container.innerText).toContain('\\frac{a');
    expect(container.querySelector('math')).toBeNull();
  });
});

describe('Pictures', () => {
  const blue = URL.createObjectURL(
    new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'], { type: 'image/svg+xml' }),
  );
  const CAT = 'https://pictures.example/cat.svg';
  const verdicts: Readonly<Record<string, PictureVerdict>> = {
    [CAT]: { action: 'load', url: blue },
    [blue]: { action: 'load', url: blue },
    'blob:nothing': { action: 'load', url: 'blob:nothing' },
    'https://pictures.example/broken.svg': { action: 'load', url: 'blob:nothing' },
    'https://elsewhere.example/dog.svg': { action: 'ask', url: 'https://elsewhere.example/dog.svg', host: 'elsewhere.example' },
  };
  const showJudged = (markdown: string, handleImageClick = vi.fn()): Rendered =>
    render(
      <PictureValidator.Provider value={(address) => verdicts[String(address)] ?? { action: 'refuse' }}>
        <MarkdownView markdown={markdown} isFinish onImageClick={handleImageClick} />
      </PictureValidator.Provider>,
    );

  test('A picture has its alternative text, is loaded lazily, and is enlarged by a click', async () => {
    const handleImageClick = vi.fn();
    const { get } = showJudged(`![A cat](${CAT})`, handleImageClick);
    const { alt, loading } = get<HTMLImageElement>('img');
    expect([alt, loading]).toEqual(['A cat', 'lazy']);
    await userEvent.click(get('img'));
    expect(handleImageClick).toHaveBeenCalledWith({ url: blue });
  });

  test('The space of a picture is reserved before it is loaded', async () => {
    const { get } = showJudged(`![A cat](${CAT})`);
    const before = get('img').getBoundingClientRect().height;
    await get<HTMLImageElement>('img').decode();
    expect(before).toBeGreaterThan(100);
    expect(get('img').getBoundingClientRect().height).toBe(before);
  });

  test('A picture that cannot be loaded is replaced by its alternative text', async () => {
    const { container } = showJudged('![A cat](https://pictures.example/broken.svg)');
    await expect.poll(() => container.querySelector('img')).toBeNull();
    expect(container.innerText).toContain('A cat');
  });

  test('A picture from a host that the page has not allowed is offered behind a button', async () => {
    const { container } = showJudged('![A dog](https://elsewhere.example/dog.svg)');
    await expect.poll(() => container.querySelector('button')?.textContent).toBe('Show picture from elsewhere.example');
    expect(container.innerText).toContain('A dog');
  });

  test.each([
    '![A cat](/logout)',
    `![A cat](${blue})`,
    '[![A cat](/logout)](https://example.com)',
    '![A cat][1]\n\n[1]: //elsewhere.example',
  ])('The picture %s is not loaded, and its alternative text is shown', (markdown) => {
    const { container } = showJudged(markdown);
    expect(container.querySelector('img')).toBeNull();
    expect(container.innerText).toContain('A cat');
  });
});

describe('Tasks', () => {
  const handleTaskChange = vi.fn();
  beforeEach(() => handleTaskChange.mockReset());
  const ticked = (): unknown => handleTaskChange.mock.lastCall?.[0].taskList.map(({ taskValue }: { taskValue: unknown }) => taskValue);

  test('The ticked items of each list are reported, including those that were ticked before', async () => {
    const { container } = show('- [ ] tea\n- [x] coffee\n\ntext\n\n- [ ] milk', { onTaskChange: handleTaskChange });
    await expect.poll(() => ticked()).toEqual([['coffee'], []]);
    await userEvent.click(container.querySelectorAll('input')[0]!);
    expect(ticked()).toEqual([['tea', 'coffee'], []]);
    await userEvent.click(container.querySelectorAll('input')[1]!);
    expect(ticked()).toEqual([['tea'], []]);
  });

  test('No item can be ticked while the answer arrives or in an older answer', () => {
    const { get, rerender } = show('- [ ] tea', { isFinish: false, onTaskChange: handleTaskChange });
    expect(get<HTMLInputElement>('input').disabled).toBe(true);
    rerender(<MarkdownView markdown="- [ ] tea" isFinish taskDisabled onTaskChange={handleTaskChange} />);
    expect(get<HTMLInputElement>('input').disabled).toBe(true);
    expect(handleTaskChange).not.toHaveBeenCalled();
  });
});

describe('Arriving answers', () => {
  test('The elements above the end of an arriving answer stay the same', async () => {
    const { container, rerender, get } = show('First.\n\nSec', { isFinish: false });
    const first = get('p');
    rerender(<MarkdownView markdown={'First.\n\nSecond.\n\nThird'} isFinish={false} />);
    await expect.poll(() => container.innerText).toContain('Third');
    expect(get('p')).toBe(first);
    rerender(<MarkdownView markdown={'First.\n\nSecond.\n\nThird.'} isFinish />);
    expect(get('p')).toBe(first);
  });

  test('The displayed elements stay the same when the end of an answer needs syntax that has to be loaded', async () => {
    const { container, rerender, get } = show('First.\n\nSecond.\n\nThird', { isFinish: false });
    const [first, second] = container.querySelectorAll('p');
    rerender(<MarkdownView markdown={'First.\n\nSecond.\n\nThird[^1] ends.\n\nFourth'} isFinish={false} />);
    await new Promise(requestAnimationFrame);
    expect(container.innerText).toContain('Second.');
    await expect.poll(() => container.querySelector('sup button')).not.toBeNull();
    expect([...container.querySelectorAll('p')].slice(0, 2)).toEqual([first, second]);
    expect(get('p')).toBe(first);
  });
});

describe('Very long answers', () => {
  const COUNT = 400;
  const text = Array.from({ length: COUNT }, (_, index) => `Paragraph ${index}, ${'which goes on '.repeat(index % 7)}to its end.`).join(
    '\n\n',
  );

  /** In a chat of ordinary height, as it is after the answer has been followed to its end. */
  const showInChat = async (): Promise<{ readonly chat: HTMLElement; readonly paragraphs: readonly HTMLElement[] }> => {
    const { get, container } = render(
      <div className="chat" style={{ blockSize: '400px', overflow: 'auto' }}>
        <MarkdownView markdown={text} isFinish />
      </div>,
    );
    const chat = get('.chat');
    await expect.poll(() => container.querySelectorAll('p').length).toBe(COUNT);
    chat.scrollTop = chat.scrollHeight;
    await nextFrames();
    return { chat, paragraphs: [...container.querySelectorAll('p')] };
  };
  const nextFrames = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const isLaidOut = (element: HTMLElement | undefined): boolean | undefined =>
    element?.checkVisibility({ contentVisibilityAuto: true } as CheckVisibilityOptions);

  test('The engine lays out what is in sight of a very long answer, and skips the rest', async () => {
    const { chat, paragraphs } = await showInChat();
    expect(isLaidOut(paragraphs[COUNT / 2])).toBe(false);
    expect(isLaidOut(paragraphs.at(-1))).toBe(true);
    paragraphs[COUNT / 2]?.scrollIntoView();
    await nextFrames();
    expect(isLaidOut(paragraphs[COUNT / 2])).toBe(true);
    chat.scrollTop = 0;
    await nextFrames();
    expect(isLaidOut(paragraphs[COUNT / 2])).toBe(false);
    expect(isLaidOut(paragraphs[0])).toBe(true);
  });

  test('A very long answer that has been read keeps its height when the engine skips a part of it', async () => {
    const { chat } = await showInChat();
    for (let top = chat.scrollHeight; top > 0; top -= chat.clientHeight) {
      chat.scrollTop = top;
      await nextFrames();
    }
    const height = chat.scrollHeight;
    for (const group of chat.querySelectorAll<HTMLElement>('.md-group')) group.style.contentVisibility = 'visible';
    expect(chat.scrollHeight).toBe(height);
  });

  test('A very long answer is selected and found as a whole', async () => {
    const { chat } = await showInChat();
    getSelection()?.selectAllChildren(chat);
    await nextFrames();
    const selected = getSelection()?.toString() ?? '';
    for (const index of [0, COUNT / 2, COUNT - 1]) expect(selected).toContain(`Paragraph ${index},`);
    getSelection()?.removeAllRanges();
    expect((window as unknown as { find: (text: string) => boolean }).find(`Paragraph ${COUNT / 2},`)).toBe(true);
  });
});

/** Frames of a clock that stands still until `pass`, which begins the next one: in between there is no time left to parse. */
function renderSlowly(markdown: string) {
  let nowMs = 0;
  let runFrame = (): void => undefined;
  const schedule = { current: new ParseSchedule({ now: () => nowMs, afterFrame: (callback) => void (runFrame = callback) }) };
  const view = (text: string, isFinish: boolean): JSX.Element => (
    <ParseScheduleContext.Provider value={schedule}>
      <MarkdownView markdown={text} isFinish={isFinish} />
    </ParseScheduleContext.Provider>
  );
  const { container, rerender } = render(view(markdown, false));
  const grow = (text: string, isFinish: boolean): void => {
    nowMs += 100;
    rerender(view(text, isFinish));
  };
  return { container, grow, passFrame: () => runFrame() };
}

test('A text that arrives when an animation frame has no time left is shown in the next one, also if no more follows', async () => {
  const { container, grow, passFrame } = renderSlowly('one');
  expect(container.innerText).toBe('one');
  for (const [markdown, isFinish] of [
    ['one two', false],
    ['one two three', true],
  ] as const) {
    grow(markdown, isFinish);
    passFrame();
    await expect.poll(() => container.innerText).toBe(markdown);
  }
});

test('A text may be translated by the browser only once its end is shown', async () => {
  const { container, grow, passFrame } = renderSlowly('one');
  grow('one two', true);
  expect(container.innerText).toBe('one');
  expect(container.querySelector('.notranslate')?.textContent).toBe('one');
  passFrame();
  await expect.poll(() => container.innerText).toBe('one two');
  expect(container.querySelector('.notranslate')).toBe(null);
});
