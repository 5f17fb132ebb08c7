// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observePage, type PageLifecycle } from '../../../src/session/page-lifecycle.js';
import { VirtualTime } from '../../support/virtual-time.js';

let reported: string[];
let page: PageLifecycle;
let time: VirtualTime;
beforeEach(() => {
  time = new VirtualTime();
  reported = [];
  page = observePage(
    {
      onVisible: () => reported.push('look'),
      onFocus: () => reported.push('focus'),
      onAbsence: () => reported.push('absence'),
      onOnline: () => reported.push('network'),
      onPageHide: () => reported.push('leave'),
    },
    window,
    time.timers,
  );
});
afterEach(() => {
  page.stop();
  vi.restoreAllMocks();
});

function become(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}
function transition(type: 'pagehide' | 'pageshow', persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted }));
}

describe('A page', () => {
  it('A page reports an absence when it is hidden, and its return when it is visible again', () => {
    become('hidden');
    expect([page.isVisible(), reported]).toEqual([false, ['absence']]);
    become('visible');
    expect([page.isVisible(), reported]).toEqual([true, ['absence', 'look']]);
  });

  it('A page reports that the network is back, unless it is hidden', () => {
    window.dispatchEvent(new Event('online'));
    become('hidden');
    window.dispatchEvent(new Event('online'));
    expect(reported).toEqual(['network', 'absence']);
  });

  it('A page is online if the browser says so', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    expect(page.isOnline()).toBe(false);
    onLine.mockReturnValue(true);
    expect(page.isOnline()).toBe(true);
  });

  it('A page that is rendered before a visit counts as hidden until it is shown', () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    window.dispatchEvent(new Event('online'));
    expect([page.isVisible(), reported]).toEqual([false, []]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
    expect([page.isVisible(), reported]).toEqual([true, ['look']]);
  });

  it('A page counts as hidden from when it is left until it comes back, which it reports', () => {
    transition('pagehide', true);
    expect([page.isVisible(), reported]).toEqual([false, ['leave']]);
    become('visible');
    expect(reported).toEqual(['leave', 'absence']);
    transition('pageshow', true);
    expect([page.isVisible(), reported]).toEqual([true, ['leave', 'absence', 'look']]);
  });

  it('A page whose content has the names of properties of the document still reports absence and return', async () => {
    const picture = document.createElement('img');
    for (const name of ['visibilityState', 'prerendering', 'hasFocus']) {
      Object.defineProperty(document, name, { value: picture, configurable: true });
    }
    window.dispatchEvent(new Event('blur'));
    await time.advance(0);
    window.dispatchEvent(new Event('focus'));
    for (const name of ['visibilityState', 'prerendering', 'hasFocus']) Reflect.deleteProperty(document, name);
    expect(reported).toEqual(['absence', 'focus']);
  });

  it('A page that is loaded for the first time reports no return', () => {
    transition('pageshow', false);
    expect(reported).toEqual([]);
  });

  it('A page reports nothing after stop()', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    page.stop();
    become('visible');
    transition('pagehide', true);
    transition('pageshow', true);
    for (const type of ['online', 'focus', 'blur']) window.dispatchEvent(new Event(type));
    await time.advance(0);
    expect(reported).toEqual([]);
  });
});

describe('Focus of the window', () => {
  const haveFocus = (hasFocus: boolean) => vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus);

  it.each<[string, () => void]>([
    ['page', () => window.dispatchEvent(new Event('focus'))],
    ['frame', () => page.handleFrameFocus(true)],
  ])('The focus of the %s is reported, unless the page is hidden', (_, focus) => {
    focus();
    become('hidden');
    focus();
    expect(reported).toEqual(['focus', 'absence']);
  });

  it.each<[string, () => void]>([
    ['page', () => window.dispatchEvent(new Event('blur'))],
    ['frame', () => page.handleFrameFocus(false)],
  ])('A blur of the %s is an absence only if the window has no focus in the next task', async (_, blur) => {
    haveFocus(true);
    blur();
    await time.advance(0);
    expect(reported).toEqual([]);
    blur();
    haveFocus(false);
    expect(reported).toEqual([]);
    await time.advance(0);
    expect(reported).toEqual(['absence']);
  });
});
