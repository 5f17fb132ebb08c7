/** Renders React elements into the page and removes them again. */
import '../../../../../../src/frame/platform/taro/base.css';
import { act } from 'preact/test-utils';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { setStrings } from '../../../../../../src/frame/platform/taro/strings.js';
import { strings as en } from '../../../../../../src/locales/translations/en.js';

setStrings(en);

export interface Rendered {
  readonly container: HTMLElement;
  /** The first element matching `selector`; throws without one. */
  readonly get: <Found extends HTMLElement>(selector: string) => Found;
  readonly rerender: (node: ReactNode) => void;
  readonly unmount: () => void;
}

export function render(node: ReactNode): Rendered {
  const container = document.createElement('div');
  document.body.append(container);
  const root: Root = createRoot(container);
  const rerender = (next: ReactNode): void => void act(() => root.render(next));
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  rerender(node);
  return { container, rerender, unmount: () => void act(() => root.unmount()), get: (selector) => find(container, selector) };
}

/** The first element matching `selector` below `parent`; throws without one. */
export function find<Found extends HTMLElement>(parent: ParentNode, selector: string): Found {
  const found = parent.querySelector<Found>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}
