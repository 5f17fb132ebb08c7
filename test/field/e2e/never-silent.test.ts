/** A chat that cannot continue says so, whatever throws between the configuration and the text field, in the page or in the frame. */
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

/** The platform APIs that the start uses. */
const IN_PAGE = [
  'AbortController',
  'Array.prototype.map',
  'BroadcastChannel',
  'Element.prototype.setAttribute',
  'EventTarget.prototype.addEventListener',
  'Headers',
  'Intl.PluralRules',
  'JSON.parse',
  'JSON.stringify',
  'MutationObserver',
  'Object.entries',
  'Object.fromEntries',
  'ResizeObserver',
  'URL',
  'clearTimeout',
  'document.createElement',
  'document.hasFocus',
  'fetch',
  'matchMedia',
  'navigator.locks.request',
  'performance.now',
  'queueMicrotask',
  'sessionStorage.getItem',
] as const;

const IN_FRAME = [
  'AbortController',
  'Array.prototype.map',
  'CSS.supports',
  'CustomEvent',
  'Element.prototype.setAttribute',
  'EventTarget.prototype.addEventListener',
  'Headers',
  'IntersectionObserver',
  'JSON.stringify',
  'MutationObserver',
  'Object.entries',
  'Promise.all',
  'ResizeObserver',
  'TextDecoder',
  'URL',
  'crypto.getRandomValues',
  'document.createElement',
  'document.getElementById',
  'fetch',
  'getComputedStyle',
  'localStorage.getItem',
  'matchMedia',
  'requestAnimationFrame',
  'structuredClone',
] as const;

interface Outcome {
  readonly status: string;
  readonly codes: readonly string[];
  /** The text that a visitor reads instead of the chat. */
  readonly text: string;
}

async function openWithout(path: string, realm: 'page' | 'frame'): Promise<Outcome> {
  const context = await world.newContext();
  await context.addInitScript(
    ([path, realm]) => {
      const breakIt = (): void => {
        const names = path.split('.');
        const last = names.pop() ?? '';
        const owner = names.reduce<object>((holder, name) => Reflect.get(holder, name) as object, window);
        // Only for calls from the package: the browser's driver calls the same functions.
        const check = (): void => {
          if (/coze-chat-embed/.test(new Error().stack ?? '')) throw new TypeError(`${path} does not work`);
        };
        const value = new Proxy(Reflect.get(owner, last) as () => unknown, {
          apply: (target, self, args) => (check(), Reflect.apply(target, self, args) as unknown),
          construct: (target, args) => (check(), Reflect.construct(target, args) as object),
        });
        Object.defineProperty(owner, last, { configurable: true, value });
      };
      if (realm === 'page') Object.assign(window, { breakIt });
      else if (window !== window.top) breakIt();
      if (window !== window.top) return;
      const codes: string[] = [];
      Object.assign(window, { codes });
      window.addEventListener('coze-error', ({ code }) => codes.push(code));
    },
    [path, realm] as const,
  );
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, context, expectedErrors: [/./] });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => {
    (window as { breakIt?: () => void }).breakIt?.();
    element.show();
  });
  const look = () =>
    chat.element.evaluate((element: CozeChatElement): Outcome => {
      const text = element.shadowRoot?.querySelector<HTMLElement>('.status')?.innerText ?? '';
      return { status: element.status, codes: (window as unknown as { codes: string[] }).codes, text };
    });
  // The frame waits 5 s before it treats an unhandled error as fatal (src/frame/app/main.tsx).
  await expect.poll(async () => (await look()).status, { timeout: 15_000 }).toMatch(/^(?:ready|failed)$/);
  return look();
}

describe.each([
  ['page', IN_PAGE],
  ['frame', IN_FRAME],
] as const)('Failing API in the %s', (realm, paths) => {
  test.each(paths)('A chat without %s starts, or reports to the visitor and to the page that it cannot', async (path) => {
    const { status, codes, text } = await openWithout(path, realm);
    if (status === 'ready') return;
    expect(codes).not.toEqual([]);
    expect(text).not.toBe('');
  });
});
