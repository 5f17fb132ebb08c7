import { ScrollView, View } from '@tarojs/components';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ScrollTop, useScrollTop } from '../../../../../src/frame/app/messages/use-scroll-top.js';
import { render } from '../../platform/taro/components/render.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Longer than any of the SDK's delays. */
const LATER_MS = 5_000;

/** A list of ten screens in the SDK's layout, not scrolled yet. */
function renderList() {
  let scroll: ScrollTop | undefined;
  function List({ height }: { readonly height: number }) {
    scroll = useScrollTop();
    const layout = { display: 'flex', flexDirection: 'column-reverse', height: 100 } as const;
    return (
      <ScrollView id="list" scrollY style={layout} scrollTop={scroll.scrollTop} ref={scroll.onInitScrollEl}>
        <View style={{ height, flexShrink: 0 }} />
      </ScrollView>
    );
  }
  const { get, rerender } = render(<List height={1000} />);
  if (!scroll) throw new Error('The list has not been rendered.');
  return { scroll, list: get('#list'), grow: () => rerender(<List height={1500} />) };
}

test('A visitor who scrolls up after a turn has begun stays there', () => {
  const { scroll, list } = renderList();
  scroll.scrollToAnchorBottom();
  list.scrollTop = -300;
  vi.advanceTimersByTime(LATER_MS);
  expect(list.scrollTop).toBe(-300);
});

test('A visitor who scrolls up after a turn has ended stays there', () => {
  const { scroll, list } = renderList();
  scroll.scrollToAnchorBottom();
  vi.advanceTimersByTime(LATER_MS);
  scroll.delayToSetScroll(1, 50);
  list.scrollTop = -300;
  vi.advanceTimersByTime(LATER_MS);
  expect(list.scrollTop).toBe(-300);
});

test.each([0, -1, -300])('A list at %d scrolls to the newest message at once, and stays there when it grows', (from) => {
  const { scroll, list, grow } = renderList();
  list.scrollTop = from;
  scroll.scrollToAnchorBottom();
  expect(list.scrollTop).toBe(0);
  grow();
  vi.advanceTimersByTime(LATER_MS);
  expect(list.scrollTop).toBe(0);
});

test('A scroll to the newest message fires a scroll event, even if the list is already there', async () => {
  const { scroll, list } = renderList();
  const event = new Promise((resolve) => list.addEventListener('scroll', () => resolve(list.scrollTop)));
  scroll.scrollToAnchorBottom();
  expect(await event).toBe(0);
});

test('A list that gets smaller after a turn still ends with the newest message', () => {
  const { scroll, list } = renderList();
  scroll.scrollToAnchorBottom();
  scroll.delayToSetScroll(1, 50);
  vi.advanceTimersByTime(LATER_MS);
  list.style.height = '60px';
  const newest = list.firstElementChild?.getBoundingClientRect();
  expect(newest?.bottom).toBeCloseTo(list.getBoundingClientRect().bottom, 0);
  expect(list.scrollTop).toBe(0);
});

test('A scroll to a position further up takes effect at once', () => {
  const { scroll, list } = renderList();
  scroll.delayToSetScroll(302);
  expect(list.scrollTop).toBe(-302);
});
