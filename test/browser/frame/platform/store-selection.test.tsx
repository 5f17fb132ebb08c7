import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { useSyncExternalStoreWithSelector } from '../../../../src/frame/platform/store-selection.js';
import { render } from './taro/components/render.js';

interface State {
  readonly names: readonly string[];
  readonly unrelated: number;
}

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function arrange(isEqual?: typeof isSame) {
  const store = createStore<State>(() => ({ names: ['one', 'two'], unrelated: 0 }));
  const seen: (readonly string[])[] = [];
  function Words({ ending }: { readonly ending: string }) {
    const selection = useSyncExternalStoreWithSelector(
      store.subscribe,
      store.getState,
      undefined,
      (state: State) => state.names.filter((word) => word.endsWith(ending)),
      isEqual,
    );
    seen.push(selection);
    return <p>{selection.join()}</p>;
  }
  return { store, seen, Words };
}

test('A component is rendered again only if its selection changes', async () => {
  const { store, seen, Words } = arrange(isSame);
  const { get } = render(<Words ending="o" />);
  await nextTask();
  store.setState({ unrelated: 1 });
  store.setState({ names: ['one', 'two'] });
  await nextTask();
  expect(seen).toHaveLength(1);
  store.setState({ names: ['two', 'trio'] });
  await expect.poll(() => get('p').textContent).toBe('two,trio');
  expect(seen).toHaveLength(2);
});

test('An equal selection is the same object, also with another selector', async () => {
  const { seen, Words } = arrange(isSame);
  const { rerender } = render(<Words ending="o" />);
  await nextTask();
  rerender(<Words ending="wo" />);
  await nextTask();
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(seen).size).toBe(1);
});

test('Another selector changes the displayed selection', async () => {
  const { Words } = arrange(isSame);
  const { get, rerender } = render(<Words ending="o" />);
  rerender(<Words ending="e" />);
  await expect.poll(() => get('p').textContent).toBe('one');
});
