import type { ComponentType, JSX } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { lateComponent } from '../../../../src/frame/platform/late-component.js';
import { render } from './taro/components/render.js';

interface Props {
  readonly name: string;
}

const Placeholder = ({ name }: Props): JSX.Element => <i>{name}</i>;
const Fallback = ({ name }: Props): JSX.Element => <s>{name}</s>;
const Whole = ({ name }: Props): JSX.Element => <b>{name}</b>;

function arrange() {
  let arrive = (): void => {};
  const arrival = new Promise<ComponentType<Props>>((resolve) => (arrive = () => resolve(Whole)));
  const load = vi.fn(() => arrival);
  return { Late: lateComponent({ load, Placeholder, Fallback }), load, arrive };
}

test('A late component shows its placeholder until its code is loaded, and the code is requested once', async () => {
  const { Late, load, arrive } = arrange();
  const { container } = render(
    <div>
      <Late name="one" />
      <Late name="two" />
    </div>,
  );
  expect(container.innerHTML).toContain('<i>one</i><i>two</i>');
  arrive();
  await expect.poll(() => container.innerHTML).toContain('<b>one</b><b>two</b>');
  expect(load).toHaveBeenCalledOnce();
});

test('A late component is shown if its code arrives between the first rendering and its effects', async () => {
  const { Late, arrive } = arrange();
  arrive();
  const container = document.createElement('div');
  // Unlike render(), this leaves effects for the next animation frame.
  createRoot(container).render(<Late name="one" />);
  await expect.poll(() => container.innerHTML).toContain('<b>one</b>');
});

test('A late component whose code is loaded is shown at once', async () => {
  const { Late, arrive } = arrange();
  arrive();
  await expect.poll(() => render(<Late name="one" />).container.innerHTML).toContain('<b>one</b>');
  expect(render(<Late name="two" />).container.innerHTML).toContain('<b>two</b>');
});

test('A late component whose code was preloaded is shown without its placeholder, even the first time', async () => {
  const { Late, load, arrive } = arrange();
  arrive();
  await Late.preload();
  expect(render(<Late name="one" />).container.innerHTML).toContain('<b>one</b>');
  expect(load).toHaveBeenCalledOnce();
});

test('Code that could not be loaded is requested again in each place when the browser is online again', async () => {
  let isOnline = false;
  const load = vi.fn(() => (isOnline ? Promise.resolve(Whole) : Promise.reject(new Error('offline'))));
  const Late = lateComponent<Props>({ load, Placeholder, Fallback });
  const { container } = render(
    <div>
      <Late name="one" />
      <Late name="two" />
    </div>,
  );
  await expect.poll(() => container.innerHTML).toContain('<s>one</s><s>two</s>');
  isOnline = true;
  dispatchEvent(new Event('online'));
  await expect.poll(() => container.innerHTML).toContain('<b>one</b><b>two</b>');
  expect(load).toHaveBeenCalledTimes(2);
  expect(render(<Late name="three" />).container.innerHTML).toContain('<b>three</b>');
});
