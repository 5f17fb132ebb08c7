import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ErrorCode, type TokenResponse } from '../../../src/index.js';
import { focused, hasPart, openBubble, openPage, part, textField, untilStatus } from './page.js';

const ELSEWHERE = '<input id="elsewhere" aria-label="Elsewhere">';
const field = (): HTMLInputElement => document.querySelector('#elsewhere') as HTMLInputElement;

describe('focus', () => {
  it('goes into the panel with a visitor who opens it, and back to the launcher with one who closes it', async () => {
    const chat = await openBubble();
    expect(focused(chat)).toBe('panel');
    await userEvent.tab();
    expect(focused(chat)).toBe('close');
    await userEvent.keyboard('{Enter}');
    expect([chat.open, focused(chat)]).toEqual([false, 'launcher']);
  });

  it('follows Enter on the launcher, too', async () => {
    const chat = await openPage();
    part(chat, 'launcher').focus();
    await userEvent.keyboard('{Enter}');
    await chat.updateComplete;
    expect([chat.open, focused(chat)]).toEqual([true, 'panel']);
  });

  it.each(['panel', 'close', 'launcher'])('is on the launcher after Escape in %s', async (place) => {
    const chat = await openBubble();
    part(chat, place).focus();
    await userEvent.keyboard('{Escape}');
    expect([chat.open, focused(chat)]).toEqual([false, 'launcher']);
  });

  it('is on the launcher after Escape in the frame', async () => {
    const chat = await openBubble();
    textField(chat).focus();
    expect(focused(chat)).toBe('frame');
    await userEvent.keyboard('{Escape}');
    await vi.waitUntil(() => !chat.open);
    await chat.updateComplete;
    expect(focused(chat)).toBe('launcher');
  });

  it('stays where it is when the page opens with the chat open', async () => {
    const chat = await openPage({ open: '' }, { before: ELSEWHERE });
    field().focus();
    await untilStatus(chat, 'ready');
    expect(focused(chat)).toBe('elsewhere');
  });

  it('stays nowhere when the page opens with the chat open, and nothing is scrolled', async () => {
    const chat = await openPage({ open: '' }, { before: '<div style="block-size: 300vh"></div>' });
    await untilStatus(chat, 'ready');
    expect([document.activeElement, scrollY]).toEqual([document.body, 0]);
  });

  it('stays with whoever is typing elsewhere when the page opens and closes the chat by itself', async () => {
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

  it('may be put elsewhere by a listener of coze-show', async () => {
    const chat = await openPage({}, { before: ELSEWHERE });
    chat.addEventListener('coze-show', () => field().focus());
    await userEvent.click(part(chat, 'launcher'));
    expect(focused(chat)).toBe('elsewhere');
  });

  it('stays in the panel when Retry goes with the failure', async () => {
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

  it('does not enter a closed panel, nor a chat that cannot be used', async () => {
    const chat = await openPage({}, { before: ELSEWHERE });
    field().focus();
    await userEvent.tab();
    expect(focused(chat)).toBe('launcher');
    await userEvent.tab();
    expect(focused(chat)).not.toBe('close');
  });
});
