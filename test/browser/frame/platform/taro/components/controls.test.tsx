import { Button, Input, View } from '@tarojs/components';
import { createRef } from 'react';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from './render.js';

test('Input reports its value, respects its maximum length and can be disabled', async () => {
  const handleInput = vi.fn();
  const { get, rerender } = render(<Input className="answer" maxlength={3} placeholder="Your answer" onInput={handleInput} />);
  const input = get<HTMLInputElement>('input.answer');
  await userEvent.type(input, 'abcd');
  expect(handleInput.mock.lastCall?.[0].detail.value).toBe('abc');
  expect(input.placeholder).toBe('Your answer');

  rerender(<Input className="answer" disabled />);
  expect(input.disabled).toBe(true);
});

test('Input shows the value that it is given, and the typed text if it is given none', async () => {
  const { get, rerender } = render(<Input value="first" />);
  await userEvent.type(get('input'), 'x');
  rerender(<Input value="second" />);
  expect(get<HTMLInputElement>('input').value).toBe('second');
  rerender(<Input key="other" password />);
  await userEvent.type(get('input'), 'x');
  expect([get<HTMLInputElement>('input').value, get<HTMLInputElement>('input').type]).toEqual(['x', 'password']);
});

test('Button is a real button whose ref is the element', async () => {
  const ref = createRef<HTMLButtonElement>();
  const handleClick = vi.fn();
  const { get } = render(
    <Button ref={ref} onClick={handleClick}>
      Hold to talk
    </Button>,
  );
  expect(ref.current).toBe(get('button[type="button"]'));
  get('button').focus();
  await userEvent.keyboard('{Enter} ');
  expect(handleClick).toHaveBeenCalledTimes(2);
});

test('The focus of Button fires focus and blur on the chat frame around it', () => {
  const { get } = render(
    <View id="chat_frame">
      <Button>Hold to talk</Button>
    </View>,
  );
  const root = get('#chat_frame');
  root.setAttribute('tabindex', '-1');
  const received: string[] = [];
  for (const type of ['focus', 'blur']) root.addEventListener(type, () => received.push(type));
  get('button').focus();
  get('button').blur();
  expect(received).toEqual(['focus', 'blur']);
});
