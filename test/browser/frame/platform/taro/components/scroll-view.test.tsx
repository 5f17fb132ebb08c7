import { ScrollView, View } from '@tarojs/components';
import { createRef } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from './render.js';

const list = (props: Partial<React.ComponentProps<typeof ScrollView>>, contentHeight = 1000) => (
  <ScrollView id="list" scrollY style={{ height: 100, width: 100 }} {...props}>
    <View style={{ height: contentHeight, flexShrink: 0 }} />
  </ScrollView>
);
const scrolled = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

test('A changed scrollTop scrolls, and an unchanged one keeps the position of the visitor', () => {
  const { get, rerender } = render(list({ scrollTop: 0 }));
  rerender(list({ scrollTop: 300 }));
  expect(get('#list').scrollTop).toBe(300);

  get('#list').scrollTop = 120;
  rerender(list({ scrollTop: 300 }));
  expect(get('#list').scrollTop).toBe(120);
});

test('A list in reverse layout has 0 at its end and negative offsets above', () => {
  const reversed = { display: 'flex', flexDirection: 'column-reverse', height: 100 } as const;
  const { get, rerender } = render(list({ style: reversed, scrollTop: 0 }));
  rerender(list({ style: reversed, scrollTop: -300 }));
  expect(get('#list').scrollTop).toBe(-300);
  rerender(list({ style: reversed, scrollTop: 0 }));
  expect(get('#list').scrollTop).toBe(0);
});

test('onScroll receives the position and the distance', async () => {
  const handleScroll = vi.fn();
  const { get } = render(list({ onScroll: handleScroll }));
  get('#list').scrollTop = 40;
  await scrolled();
  expect(handleScroll.mock.lastCall?.[0].detail).toMatchObject({ scrollTop: 40, scrollLeft: 0, scrollHeight: 1000, deltaY: -40 });
});

test('onScrollToLower is called once near the end, and again after the visitor has left it', async () => {
  const handleLower = vi.fn();
  const { get } = render(list({ lowerThreshold: 100, onScrollToLower: handleLower }));
  const scrollTo = async (top: number): Promise<void> => {
    get('#list').scrollTop = top;
    await scrolled();
  };
  await scrollTo(700);
  expect(handleLower).toHaveBeenCalledTimes(0);
  await scrollTo(810);
  await scrollTo(850);
  expect(handleLower).toHaveBeenCalledTimes(1);
  await scrollTo(0);
  await scrollTo(900);
  expect(handleLower).toHaveBeenCalledTimes(2);
});

test('onScrollToLower is called near the oldest content in reverse layout', async () => {
  const handleLower = vi.fn();
  const { get } = render(list({ style: { display: 'flex', flexDirection: 'column-reverse', height: 100 }, onScrollToLower: handleLower }));
  get('#list').scrollTop = -500;
  await scrolled();
  expect(handleLower).not.toHaveBeenCalled();
  get('#list').scrollTop = -880;
  await scrolled();
  expect(handleLower).toHaveBeenCalledOnce();
});

test('A ScrollView can be reached by the Tab key only while it can be scrolled', async () => {
  const { get, rerender } = render(list({}, 50));
  await scrolled();
  expect(get('#list').tabIndex).toBe(-1);
  rerender(list({}, 500));
  await vi.waitFor(() => expect(get('#list').tabIndex).toBe(0));
  rerender(list({}, 50));
  await vi.waitFor(() => expect(get('#list').tabIndex).toBe(-1));
});

test('The ref of a ScrollView is the scrolling element', () => {
  const ref = createRef<HTMLDivElement>();
  const { get } = render(list({ ref }));
  expect(ref.current).toBe(get('#list'));
});

test('A ScrollView has the role log and a name, and is not a live region', () => {
  const { get } = render(list({}));
  expect([get('#list').role, get('#list').ariaLabel, get('#list').ariaLive]).toEqual(['log', 'Conversation', 'off']);
});
