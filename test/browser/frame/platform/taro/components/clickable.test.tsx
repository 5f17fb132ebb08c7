import { Image, Text, View } from '@tarojs/components';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from './render.js';

const control = (container: HTMLElement): HTMLElement | null => container.querySelector('[role="button"]');

test('A View with onClick is a button for pointer, Enter and Space', async () => {
  const handleClick = vi.fn();
  const { get } = render(<View onClick={handleClick}>Send</View>);
  const button = get('[role="button"]');

  await userEvent.tab();
  expect(document.activeElement).toBe(button);
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard(' ');
  expect(handleClick).toHaveBeenCalledTimes(2);

  await userEvent.click(button);
  expect(handleClick).toHaveBeenCalledTimes(3);
});

test('A key that is held down presses a button once', async () => {
  const handleClick = vi.fn();
  const { get } = render(<View onClick={handleClick}>Send</View>);
  get('[role="button"]').focus();

  await userEvent.keyboard('{Enter>3}');

  expect(handleClick).toHaveBeenCalledTimes(1);
});

test('Text and Image with onClick are buttons, too', () => {
  const { container } = render(
    <>
      <Text onClick={() => {}}>Retry</Text>
      <Image
        src={URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' }))}
        onClick={() => {}}
      />
    </>,
  );
  expect([...container.children].map(({ tagName, role }) => [tagName, role])).toEqual([
    ['SPAN', 'button'],
    ['IMG', 'button'],
  ]);
});

test('A View without onClick is a plain block', () => {
  const { get } = render(<View className="row">text</View>);
  const view = get('.row');
  expect([view.tagName, view.role, view.tabIndex, getComputedStyle(view).display]).toEqual(['DIV', null, -1, 'block']);
});

test('The outer one of two nested Views with onClick is the button, and the inner one still receives clicks', async () => {
  const outer = vi.fn();
  const inner = vi.fn();
  const { container, get } = render(
    <View onClick={outer}>
      <View className="icon" onClick={inner}>
        +
      </View>
    </View>,
  );
  expect(container.querySelectorAll('[role="button"]')).toHaveLength(1);
  expect(get('.icon').role).toBeNull();

  await userEvent.click(get('.icon'));
  expect([inner.mock.calls.length, outer.mock.calls.length]).toEqual([1, 1]);
});

test('A View with an id and onClick is not a button, and a button inside it works', async () => {
  const handleFrameClick = vi.fn();
  const handleClick = vi.fn();
  const { get } = render(
    <View id="chat_frame_1" onClick={handleFrameClick}>
      <View onClick={handleClick}>Send</View>
    </View>,
  );
  const region = get('#chat_frame_1');
  expect([region.role, region.hasAttribute('tabindex')]).toEqual([null, false]);

  get('[role="button"]').focus();
  await userEvent.keyboard('{Enter}');
  expect([handleClick.mock.calls.length, handleFrameClick.mock.calls.length]).toEqual([1, 1]);
});

test('A View without content is not a button, but receives clicks', async () => {
  const handleClick = vi.fn();
  const { container, get } = render(<View className="mask" style={{ height: 50 }} onClick={handleClick} />);
  expect(control(container)).toBeNull();
  await userEvent.click(get('.mask'));
  expect(handleClick).toHaveBeenCalledOnce();
});

test('A key that is pressed in a field inside a View with onClick reaches the field', async () => {
  const { get } = render(
    <View onClick={() => {}}>
      <input />
    </View>,
  );
  await userEvent.type(get('input'), 'a b');
  expect(get<HTMLInputElement>('input').value).toBe('a b');
});

test('A key that presses a button reaches no listener around the button, and other keys do', async () => {
  const { container, get } = render(<View onClick={() => {}}>Keyboard</View>);
  const handleKeyDown = vi.fn();
  get('[role="button"]').parentElement?.addEventListener('keydown', handleKeyDown);
  container.addEventListener('keydown', handleKeyDown);
  get('[role="button"]').focus();

  await userEvent.keyboard(' ');
  expect(handleKeyDown).not.toHaveBeenCalled();
  await userEvent.keyboard('a');
  expect(handleKeyDown).toHaveBeenCalled();
});

test('A button inside a disabled View is disabled for keys and clicks, until the View is enabled', async () => {
  const handleClick = vi.fn();
  const box = (className: string) => (
    <View className={className}>
      <View onClick={handleClick}>Upload</View>
    </View>
  );
  const { get, rerender } = render(box('_container_2a _disabled_2a'));
  const button = get('[role="button"]');
  expect(button.ariaDisabled).toBe('true');
  button.focus();
  await userEvent.keyboard('{Enter}');
  button.click();
  expect(handleClick).not.toHaveBeenCalled();

  rerender(box('_container_2a'));
  expect(button.ariaDisabled).toBeNull();
  await userEvent.keyboard('{Enter}');
  expect(handleClick).toHaveBeenCalledOnce();
});

test('A role that the SDK sets replaces the role of a button', () => {
  const { container } = render(
    <View role="link" onClick={() => {}}>
      Terms
    </View>,
  );
  expect(container.firstElementChild?.role).toBe('link');
});

test('Ids, ARIA attributes and data attributes are rendered, and properties of Taro are not', () => {
  const { get } = render(
    <View id="list" className="a" style={{ gap: 4 }} role="log" aria-live="polite" data-group="7" hoverClass="pressed" disableScroll>
      text
    </View>,
  );
  expect(get('#list').outerHTML).toBe(
    '<div id="list" role="log" aria-live="polite" data-group="7" class="ccf-view a" style="gap: 4px;">text</div>',
  );
});

test('The focus moves to the element around a button that disappears when it is pressed', async () => {
  const suggestion = (isThere: boolean) => (
    <div id="list" tabIndex={-1}>
      {isThere && <View onClick={() => rerender(suggestion(false))}>Ask this</View>}
    </div>
  );
  const { get, rerender } = render(suggestion(true));
  get('[role="button"]').focus();
  await userEvent.keyboard('{Enter}');
  expect(document.activeElement).toBe(get('#list'));
});

test('A button that disappears while the focus is elsewhere does not move the focus', () => {
  const { get, rerender } = render(
    <div tabIndex={-1}>
      <input />
      <View onClick={() => {}}>Ask this</View>
    </div>,
  );
  get('input').focus();
  rerender(
    <div tabIndex={-1}>
      <input />
    </div>,
  );
  expect(document.activeElement).toBe(get('input'));
});
