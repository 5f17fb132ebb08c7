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

describe('a page', () => {
  it('says when it is looked at again, not when it is hidden', () => {
    become('hidden');
    expect([page.isVisible(), reported]).toEqual([false, ['absence']]);
    become('visible');
    expect([page.isVisible(), reported]).toEqual([true, ['absence', 'look']]);
  });

  it('says when the network is back, unless nobody looks', () => {
    window.dispatchEvent(new Event('online'));
    become('hidden');
    window.dispatchEvent(new Event('online'));
    expect(reported).toEqual(['network', 'absence']);
  });

  it('is online as the browser says', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    expect(page.isOnline()).toBe(false);
    onLine.mockReturnValue(true);
    expect(page.isOnline()).toBe(true);
  });

  it('is not looked at while it is rendered ahead of a visit', () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    window.dispatchEvent(new Event('online'));
    expect([page.isVisible(), reported]).toEqual([false, []]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
    expect([page.isVisible(), reported]).toEqual([true, ['look']]);
  });

  it('is not looked at from the moment it is left until it comes back, and says so then', () => {
    transition('pagehide', true);
    expect([page.isVisible(), reported]).toEqual([false, ['leave']]);
    become('visible');
    expect(reported).toEqual(['leave', 'absence']);
    transition('pageshow', true);
    expect([page.isVisible(), reported]).toEqual([true, ['leave', 'absence', 'look']]);
  });

  it('does not come back by being loaded', () => {
    transition('pageshow', false);
    expect(reported).toEqual([]);
  });

  it('is watched no longer when told to stop', async () => {
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

describe('the focus', () => {
  const haveFocus = (hasFocus: boolean) => vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus);

  it.each<[string, () => void]>([
    ['page', () => window.dispatchEvent(new Event('focus'))],
    ['frame', () => page.handleFrameFocus(true)],
  ])('of the %s is told, unless the page is hidden', (_, focus) => {
    focus();
    become('hidden');
    focus();
    expect(reported).toEqual(['focus', 'absence']);
  });

  it.each<[string, () => void]>([
    ['page', () => window.dispatchEvent(new Event('blur'))],
    ['frame', () => page.handleFrameFocus(false)],
  ])('that the %s loses is an absence only if it has left the window by the next task', async (_, blur) => {
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
