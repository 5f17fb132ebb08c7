import { expect, test, vi } from 'vitest';
import { MdStream as SdkMarkdown } from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/index.js';
import { MdStream } from '../../../../../../src/frame/app/sdk/overrides/md-stream.js';
import { render } from '../../../platform/taro/components/render.js';

const strings = ['Hello there.', 'Hello there!\nAsk me: I know a lot.', '**Hello** there.', '- one\n- two'];

test.each(strings)('shows "%s" as the SDK does', async (markdown) => {
  const sdks = render(<SdkMarkdown markdown={markdown} isFinish className="text" />);
  const ours = render(<MdStream markdown={markdown} isFinish className="text" />);
  await vi.waitFor(() => expect(ours.container.innerText).not.toBe(''));
  expect(ours.container.innerHTML).toBe(sdks.container.innerHTML);
});

test('keeps the exclamation mark at the end of plain words, which the SDK takes for the beginning of a picture', () => {
  const { container } = render(<MdStream markdown="Hello!" isFinish />);
  expect(container.innerText).toBe('Hello!');
});

test('what was streamed is not begun again when it is finished', async () => {
  const { container, get, rerender } = render(<MdStream markdown="Hello" isSmooth isFinish={false} />);
  await vi.waitFor(() => expect(container.innerText).toContain('Hello'));
  const shown = get('.md-stream');
  rerender(<MdStream markdown="Hello" isSmooth={false} isFinish />);
  expect(get('.md-stream')).toBe(shown);
});
