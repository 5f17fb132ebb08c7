import { expect, test, vi } from 'vitest';
import { MdStream } from '../../../../../../src/frame/app/sdk/overrides/md-stream.js';
import { FRAME_CHUNK_ATTRIBUTE } from '../../../../../../src/frame/contract.js';
import { render } from '../../../platform/taro/components/render.js';

test('Plain text is shown before the parser is loaded, including an exclamation mark at its end', () => {
  const { container } = render(<MdStream markdown={'Hello!\nAsk me: I know a lot!'} isFinish />);
  expect(container.innerText).toBe('Hello!\nAsk me: I know a lot!');
});

test('Text with Markdown syntax is shown formatted', async () => {
  const { container, get } = render(<MdStream markdown="**Hello** there." isFinish className="text" />);
  await expect.poll(() => container.innerText).toBe('Hello there.');
  expect(get('.md.text strong').textContent).toBe('Hello');
});

test('A streamed text keeps its element when it is finished', async () => {
  const { container, get, rerender } = render(<MdStream markdown="Hello" isSmooth isFinish={false} />);
  await expect.poll(() => container.innerText).toContain('Hello');
  const shown = get('.md');
  rerender(<MdStream markdown="Hello" isSmooth={false} isFinish />);
  expect(get('.md')).toBe(shown);
});

test('A text with a footnote is shown as it was written if the syntax for footnotes cannot be loaded', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const file = Object.assign(document.createElement('link'), { href: '/not-there.js', integrity: 'sha384-AAAA' });
  file.setAttribute(FRAME_CHUNK_ATTRIBUTE, 'rare-syntax');
  document.head.append(file);
  try {
    const { container } = render(<MdStream markdown={'Tea[^1] is **old**.\n\n[^1]: Since 2737 BC.'} isFinish />);
    await expect.poll(() => container.innerText).toBe('Tea[^1] is **old**.\n\n[^1]: Since 2737 BC.');
    expect(warn).toHaveBeenCalledOnce();
  } finally {
    file.remove();
    warn.mockRestore();
  }
});
