import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ErrorCode, type TokenResponse } from '../../../src/index.js';
import { focused, hasPart, openBubble, openPage, part, textField, untilStatus } from './page.js';

const ELSEWHERE = '<input id="elsewhere" aria-label="Elsewhere">';
const field = (): HTMLInputElement => document.querySelector('#elsewhere') as HTMLInputElement;

describe('Focus', () => {
  it('The focus moves into the panel when a visitor opens it, and back to the launcher when they close it', async () => {
    const chat = await openBubble();
    expect(focused(chat)).toBe('panel');
    await userEvent.tab();
    expect(focused(chat)).toBe('close');
    await userEvent.keyboard('{Enter}');
    expect([chat.open, focused(chat)]).toEqual([false, 'launcher']);
  });

  it('The focus moves into the panel after Enter on the launcher', async () => {
    const chat = await openPage();
    part(chat, 'launcher').focus();
    await userEvent.keyboard('{Enter}');
    await chat.updateComplete;
    expect([chat.open, focused(chat)]).toEqual([true, 'panel']);
  });

  it.each(['panel', 'close', 'launcher'])('The focus is on the launcher after Escape in %s', async (place) => {
    const chat = await openBubble();
    part(chat, place).focus();
    await userEvent.keyboard('{Escape}');
    expect([chat.open, focused(chat)]).toEqual([false, 'launcher']);
  });

  it('The focus is on the launcher after Escape in the frame', async () => {
    const chat = await openBubble();
    textField(chat).focus();
    expect(focused(chat)).toBe('frame');
    await userEvent.keyboard('{Escape}');
    await vi.waitUntil(() => !chat.open);
    await chat.updateComplete;
    expect(focused(chat)).toBe('launcher');
  });

  it('The focus stays where it is when the page opens with the chat open', async () => {
    const chat = await openPage({ open: '' }, { before: ELSEWHERE });
    field().focus();
    await untilStatus(chat, 'ready');
    expect(focused(chat)).toBe('elsewhere');
  });

  it('The page gets neither a focus nor a scroll position when it opens with the chat open', async () => {
    const chat = await openPage({ open: '' }, { before: '<div style="block-size: 300vh"></div>' });
    await untilStatus(chat, 'ready');
    expect([document.activeElement, scrollY]).toEqual([document.body, 0]);
  });

  it('The focus stays in another field of the page when the page opens and closes the chat by itself', async () => {
    const chat = await openPage({}, { before: ELSEWHERE });
    field().focus();
    chat.show();
    await chat.updateComplete;
    await untilStatus(chat, 'ready');
    expect([chat.open, focused(chat)]).toEqual([true, 'elsewhere']);
    chat.hide();
    await chat.updateComplete;
    expect([chat.open, focused(chat)]).toEqual([false, 'elsewhere']);
  });

  it('A listener of coze-show can move the focus elsewhere', async () => {
    const chat = await openPage({}, { before: ELSEWHERE });
    chat.addEventListener('coze-show', () => field().focus());
    await userEvent.click(part(chat, 'launcher'));
    expect(focused(chat)).toBe('elsewhere');
  });

  it('The focus stays in the panel when the Retry button disappears with the failure', async () => {
    let isUp = false;
    const chat = await openPage(
      { mode: 'inline' },
      { getToken: () => (isUp ? Promise.resolve({ access_token: 'czs_secret', expires_in: 3600 }) : Promise.resolve({} as TokenResponse)) },
    );
    const codes: string[] = [];
    chat.addEventListener('coze-error', ({ code }) => codes.push(code));
    await untilStatus(chat, 'failed');
    expect(codes).toEqual([ErrorCode.InvalidTokenResponse]);
    isUp = true;
    const retry = chat.shadowRoot?.querySelector<HTMLButtonElement>('.retry');
    retry?.focus();
    await userEvent.keyboard('{Enter}');
    expect(focused(chat)).toBe('panel');
    await untilStatus(chat, 'ready');
    expect(hasPart(chat, 'frame')).toBe(true);
  });

  it('The Tab key does not move the focus into a closed panel', async () => {
    // The panel has its buttons and its frame from the first opening on.
    const chat = await openBubble({}, { before: ELSEWHERE });
    chat.hide();
    await chat.updateComplete;
    expect([hasPart(chat, 'close'), hasPart(chat, 'frame')]).toEqual([true, true]);
    chat.insertAdjacentHTML('afterend', '<input id="behind" aria-label="Behind">');
    const places = [];
    field().focus();
    for (let tab = 0; tab < 2; tab += 1) {
      await userEvent.tab();
      places.push(focused(chat));
    }
    expect(places).toEqual(['launcher', 'behind']);
  });
});
