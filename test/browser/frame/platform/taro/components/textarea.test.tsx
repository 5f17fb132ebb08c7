import { Textarea } from '@tarojs/components';
import { useState } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { render } from './render.js';

type Props = React.ComponentProps<typeof Textarea>;
const field = (): HTMLTextAreaElement => document.getElementById('input')?.querySelector('textarea') as HTMLTextAreaElement;

/** Resolves after a changed state has been rendered, but before effects run. */
const nextRendering = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

function Draft(props: Props) {
  const [value, setValue] = useState('');
  return (
    <Textarea
      id="input"
      controlled
      autoHeight
      maxlength={-1}
      value={value}
      style={{ width: 200, maxHeight: 80, lineHeight: '20px' }}
      onInput={({ detail }) => setValue(detail.value)}
      {...props}
    />
  );
}

test('The field can be found below the element with the id, as the SDK does', () => {
  render(<Draft className="input" placeholder="Message" />);
  expect([field().placeholder, field().className.includes('taro-textarea')]).toEqual(['Message', true]);
  expect(document.getElementById('input')?.className).toContain('input');
});

test('onInput receives the whole text', async () => {
  const handleInput = vi.fn();
  render(<Textarea id="input" onInput={handleInput} />);
  await userEvent.type(field(), 'hi');
  expect(handleInput.mock.calls.map(([event]) => event.detail.value)).toEqual(['h', 'hi']);
});

test('A controlled field without a value is empty, and can get a value later', () => {
  const { rerender } = render(<Textarea id="input" controlled />);
  expect(field().value).toBe('');
  rerender(<Textarea id="input" controlled value="draft" />);
  expect(field().value).toBe('draft');
});

test.each([
  [-1, -1],
  [undefined, -1],
  [140, 140],
])('The property maxlength %s becomes maxLength %s in the browser', (maxlength, expected) => {
  render(<Textarea id="input" maxlength={maxlength} />);
  expect(field().maxLength).toBe(expected);
});

test('A Textarea with disabled has a disabled field', () => {
  render(<Textarea id="input" disabled />);
  expect(field().disabled).toBe(true);
});

test('The field grows with its lines up to its maximum height and then scrolls, despite the SDK’s rule for overflow', async () => {
  const style = new CSSStyleSheet();
  style.replaceSync('.input-container .input .taro-textarea { overflow: hidden }');
  document.adoptedStyleSheets.push(style);
  onTestFinished(() => void document.adoptedStyleSheets.pop());
  render(
    <div className="input-container">
      <Draft className="input" />
    </div>,
  );
  const heights: number[] = [];
  for (let line = 1; line <= 6; line += 1) {
    await userEvent.type(field(), 'text{Shift>}{Enter}{/Shift}');
    // The SDK does this after each input.
    field().style.height = '0px';
    field().style.height = 'inherit';
    heights.push(field().offsetHeight);
  }
  const [first = 0] = heights;
  expect(heights[1]).toBeGreaterThan(first);
  expect(heights.at(-1)).toBe(80);
  expect(field().scrollHeight).toBeGreaterThan(80);
  expect(getComputedStyle(field()).overflowY).toBe('auto');
});

test('The field grows even if the browser cannot size it by its content', () => {
  vi.spyOn(CSS, 'supports').mockReturnValue(false);
  const { rerender } = render(<Draft value="one" />);
  const oneLine = field().offsetHeight;
  rerender(<Draft value={'one\ntwo\nthree'} />);
  expect(field().offsetHeight).toBeGreaterThan(oneLine);
  expect(field().style.height).toMatch(/px$/);
});

test('The field fits its text again when it is displayed or gets wider, in a browser that cannot size it by its content', async () => {
  vi.spyOn(CSS, 'supports').mockReturnValue(false);
  const draft = (width: number, display: string) => (
    <div style={{ display }}>
      <Draft value="as long as two lines of this field" style={{ width, lineHeight: '20px' }} />
    </div>
  );
  const { rerender } = render(draft(200, 'none'));
  const lines = (): number => Math.round(field().offsetHeight / 20);
  rerender(draft(200, 'block'));
  await expect.poll(lines).toBe(2);
  rerender(draft(600, 'block'));
  await expect.poll(lines).toBe(1);
});

test('Enter during a composition reaches no listener on the field, the Enter after it does', async () => {
  render(<Draft />);
  const keys: string[] = [];
  field().addEventListener('keydown', ({ key }) => keys.push(key));
  field().focus();

  const session = cdp();
  await session.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  expect(keys).toEqual([]);

  await session.send('Input.insertText', { text: '你' });
  expect(field().value).toBe('你');
  await userEvent.keyboard('{Enter}');
  expect(keys).toEqual(['Enter']);
});

test.each([
  { which: 'a composing one', init: { isComposing: true, keyCode: 13 }, calls: 0 },
  { which: "Safari's after the end of a composition", init: { isComposing: false, keyCode: 229 }, calls: 0 },
  { which: 'any other', init: { isComposing: false, keyCode: 13 }, calls: 1 },
])('Of several Enter keys, $which reaches a listener on the field $calls times', ({ init, calls }) => {
  render(<Draft />);
  const handleKeyDown = vi.fn();
  field().addEventListener('keydown', handleKeyDown);
  field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init }));
  expect(handleKeyDown).toHaveBeenCalledTimes(calls);
});

test('Enter on the number pad reaches listeners as Enter, and its default action can be prevented', () => {
  render(<Draft />);
  const codes: string[] = [];
  field().addEventListener('keydown', (event) => {
    codes.push(event.code);
    event.preventDefault();
  });
  const numpadEnter = new KeyboardEvent('keydown', { key: 'Enter', code: 'NumpadEnter', bubbles: true, cancelable: true });
  field().dispatchEvent(numpadEnter);
  expect([codes, numpadEnter.defaultPrevented]).toEqual([['Enter'], true]);
});

test('Enter calls onConfirm, and Shift+Enter does not', async () => {
  const handleConfirm = vi.fn();
  render(<Draft onConfirm={handleConfirm} />);
  await userEvent.type(field(), 'hi{Shift>}{Enter}{/Shift}');
  expect(handleConfirm).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(handleConfirm).toHaveBeenCalledOnce();
});

test('A visitor who leaves the field as soon as it has the focus is not brought back into it', async () => {
  function Composer() {
    const [focus, setFocus] = useState(false);
    return <Textarea id="input" focus={focus} onFocus={() => setFocus(true)} onBlur={() => setFocus(false)} />;
  }
  render(
    <>
      <Composer />
      <input id="search" />
    </>,
  );
  const search = document.getElementById('search') as HTMLInputElement;
  field().focus();
  await nextRendering();
  search.focus();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  expect(document.activeElement).toBe(search);
});

test('The focus moves into the field when focus becomes true, and onFocus and onBlur receive the text', () => {
  const handleFocus = vi.fn();
  const handleBlur = vi.fn();
  const props = { id: 'input', value: 'draft', onFocus: handleFocus, onBlur: handleBlur };
  const { rerender } = render(<Textarea {...props} focus={false} />);
  expect(document.activeElement).not.toBe(field());

  rerender(<Textarea {...props} focus />);
  expect(document.activeElement).toBe(field());
  expect(handleFocus.mock.calls[0]?.[0].detail).toMatchObject({ value: 'draft', height: 0 });

  rerender(<Textarea {...props} focus={false} />);
  expect(document.activeElement).toBe(field());
  field().blur();
  expect(handleBlur.mock.calls[0]?.[0].detail).toMatchObject({ value: 'draft' });
});
