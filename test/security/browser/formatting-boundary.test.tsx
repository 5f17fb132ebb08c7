/** H4: an error in the formatting of an answer only costs its formatting. */
import { Component, type JSX } from 'react';
import { expect, test, vi } from 'vitest';
import { MarkdownView } from '../../../src/frame/app/markdown/render/markdown-view.js';
import { FormattingBoundary } from '../../../src/frame/app/sdk/overrides/formatting-boundary.js';
import { render } from '../../browser/frame/platform/taro/components/render.js';

/** A formatter that throws for a `!`. */
function Fragile({ text }: { readonly text: string }): JSX.Element {
  if (text.includes('!')) throw new RangeError(`Cannot format: ${text}`);
  return <b>{text}</b>;
}

/** Counts its instances, to show that other components keep their state. */
class Neighbour extends Component<object, { readonly born: number }> {
  override state = { born: performance.now() };
  override render(): JSX.Element {
    return <i>{this.state.born}</i>;
  }
}

const page = (text: string, isComplete: boolean): JSX.Element => (
  <div>
    <Neighbour />
    <FormattingBoundary plain={<p>{text}</p>} isComplete={isComplete}>
      <Fragile text={text} />
    </FormattingBoundary>
  </div>
);

test('Where formatting fails, at once or in the middle of an answer, the text stays and other components keep their state', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { get, container, rerender } = render(page('Hello', false));
  const neighbour = get('i').textContent;
  expect(get('b').textContent).toBe('Hello');
  rerender(page('Hello!', false));
  expect(get('p').textContent).toBe('Hello!');
  rerender(page('Hello! there', true));
  expect(get('p').textContent).toBe('Hello! there');
  expect(get('i').textContent).toBe(neighbour);
  expect(container.querySelector('b')).toBeNull();
});

test('Text that could not be formatted while it was incomplete is formatted again when it is complete', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { get, rerender } = render(page('Hello!', false));
  rerender(page('Hello', false));
  expect(get('p').textContent).toBe('Hello');
  rerender(page('Hello', true));
  expect(get('b').textContent).toBe('Hello');
});

test('The console reports that formatting failed, without the text', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  render(page('secret!', true));
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^\[coze-chat\] An answer is shown without .*: RangeError\.$/)]]);
});

test('An answer whose formatting fails in a later frame is shown as plain text', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  // The quotes are nested so deeply that the tree cannot be walked; the text before them takes several frames.
  const text = `${'A paragraph.\n\n'.repeat(2000)}${'> '.repeat(4000)}end`;
  const { container } = render(
    <FormattingBoundary plain={<pre>{text}</pre>} isComplete>
      <MarkdownView markdown={text} isFinish />
    </FormattingBoundary>,
  );
  expect(container.querySelector('pre')).toBeNull();
  await expect.poll(() => container.querySelector('pre')?.textContent).toBe(text);
});
