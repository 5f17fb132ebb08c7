// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observePage, type PageLifecycle } from '../../../src/session/page-lifecycle.js';

let reported: string[];
let page: PageLifecycle;
beforeEach(() => {
  reported = [];
  page = observePage(
    { onVisible: () => reported.push('look'), onOnline: () => reported.push('network'), onPageHide: () => reported.push('leave') },
    window,
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
    expect([page.isVisible(), reported]).toEqual([false, []]);
    become('visible');
    expect([page.isVisible(), reported]).toEqual([true, ['look']]);
  });

  it('says when the network is back, unless nobody looks', () => {
    window.dispatchEvent(new Event('online'));
    become('hidden');
    window.dispatchEvent(new Event('online'));
    expect(reported).toEqual(['network']);
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
    expect(reported).toEqual(['leave']);
    transition('pageshow', true);
    expect([page.isVisible(), reported]).toEqual([true, ['leave', 'look']]);
  });

  it('does not come back by being loaded', () => {
    transition('pageshow', false);
    expect(reported).toEqual([]);
  });

  it('is watched no longer when told to stop', () => {
    page.stop();
    become('visible');
    transition('pagehide', true);
    transition('pageshow', true);
    window.dispatchEvent(new Event('online'));
    expect(reported).toEqual([]);
  });
});
