import { Image, Text, View } from '@tarojs/components';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from './render.js';

const control = (container: HTMLElement): HTMLElement | null => container.querySelector('[role="button"]');

test('a View with onClick is a button for pointer, Enter and Space', async () => {
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

test('a held key presses once', async () => {
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

test('a View without onClick is a plain block', () => {
  const { get } = render(<View className="row">text</View>);
  const view = get('.row');
  expect([view.tagName, view.role, view.tabIndex, getComputedStyle(view).display]).toEqual(['DIV', null, -1, 'block']);
});

test('of two nested listeners the outer one is the control and the inner one still hears a click', async () => {
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

test('a region with an id that listens for clicks stays plain, and a control in it works', async () => {
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

test('a backdrop without content is no button, but closes on a click', async () => {
  const handleClick = vi.fn();
  const { container, get } = render(<View className="mask" style={{ height: 50 }} onClick={handleClick} />);
  expect(control(container)).toBeNull();
  await userEvent.click(get('.mask'));
  expect(handleClick).toHaveBeenCalledOnce();
});

test('a key meant for a field inside a region is left alone', async () => {
  const { get } = render(
    <View onClick={() => {}}>
      <input />
    </View>,
  );
  await userEvent.type(get('input'), 'a b');
  expect(get<HTMLInputElement>('input').value).toBe('a b');
});

test('the key that presses a control reaches no listener around it', async () => {
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

test('inside a disabled box a control says so and neither key nor assistive click presses it, until the box is enabled', async () => {
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

test('a role given by the SDK wins', () => {
  const { container } = render(
    <View role="link" onClick={() => {}}>
      Terms
    </View>,
  );
  expect(container.firstElementChild?.role).toBe('link');
});

test('ids, ARIA and data attributes pass through; what only Taro knows does not', () => {
  const { get } = render(
    <View id="list" className="a" style={{ gap: 4 }} role="log" aria-live="polite" data-group="7" hoverClass="pressed" disableScroll>
      text
    </View>,
  );
  expect(get('#list').outerHTML).toBe(
    '<div id="list" role="log" aria-live="polite" data-group="7" class="ccf-view a" style="gap: 4px;">text</div>',
  );
});

test('the focus of a control that goes with its own press stays in what it lay in', async () => {
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

test('a control that goes while the focus is elsewhere leaves it there', () => {
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
