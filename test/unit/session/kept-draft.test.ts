import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/frame/contract.js';
import { KeptDraft, NO_DRAFT } from '../../../src/session/kept-draft.js';

const written: Draft = { text: 'half a question', unsent: undefined, hasFocus: true };

function arrangeKept(subject: string | undefined) {
  const kept = new KeptDraft();
  kept.keep(written, subject);
  kept.keepConversation('741', subject);
  return kept;
}

it('There is no draft and no conversation before anything is kept', () => {
  const kept = new KeptDraft();
  expect([kept.of('alice'), kept.conversationOf('alice')]).toEqual([{ text: undefined, unsent: undefined, hasFocus: false }, undefined]);
});

describe.each(['alice', undefined])('Draft and conversation kept for the subject %j', (subject) => {
  it('A kept draft and conversation are returned for their subject', () => {
    const kept = arrangeKept(subject);
    expect([kept.of(subject), kept.conversationOf(subject)]).toEqual([written, '741']);
  });

  it.each<[string, (kept: KeptDraft) => unknown]>([
    ['is asked for another draft', (kept) => kept.of('bob')],
    ['is asked for another conversation', (kept) => kept.conversationOf('bob')],
    ['gets another draft', (kept) => kept.keep({ ...written, text: 'of Bob' }, 'bob')],
    ['gets another conversation', (kept) => kept.keepConversation('742', 'bob')],
    ['is told to forget them', (kept) => kept.forget()],
  ])('A kept draft and conversation are gone once the store %s', (_, end) => {
    const [ofDraft, ofConversation] = [arrangeKept(subject), arrangeKept(subject)];
    end(ofDraft);
    end(ofConversation);
    expect([ofDraft.of(subject), ofConversation.conversationOf(subject)]).toEqual([NO_DRAFT, undefined]);
  });

  it('A kept draft and conversation are never returned for another subject', () => {
    expect([arrangeKept(subject).of('bob'), arrangeKept(subject).conversationOf('bob')]).toEqual([NO_DRAFT, undefined]);
  });

  it('A draft or a conversation of another subject replaces both', () => {
    const [ofDraft, ofConversation] = [arrangeKept(subject), arrangeKept(subject)];
    ofDraft.keep({ ...written, text: 'of Bob' }, 'bob');
    ofConversation.keepConversation('742', 'bob');
    expect([ofDraft.of('bob').text, ofDraft.conversationOf('bob')]).toEqual(['of Bob', undefined]);
    expect([ofConversation.of('bob'), ofConversation.conversationOf('bob')]).toEqual([NO_DRAFT, '742']);
  });

  it('A kept draft stays when the page has chosen another conversation', () => {
    const kept = arrangeKept(subject);
    kept.leaveConversation();
    expect([kept.of(subject), kept.conversationOf(subject)]).toEqual([written, undefined]);
  });

  it('A draft and a conversation stay when the chat is left, if the subject is known', () => {
    const kept = arrangeKept(subject);
    kept.leave();
    const isKnown = subject !== undefined;
    expect([kept.of(subject), kept.conversationOf(subject)]).toEqual(isKnown ? [written, '741'] : [NO_DRAFT, undefined]);
  });
});

it('A draft and a conversation of one subject are kept side by side, each in its latest state', () => {
  const kept = arrangeKept('alice');
  kept.keep({ ...written, text: 'a question' }, 'alice');
  kept.keepConversation('', 'alice');
  expect([kept.of('alice').text, kept.conversationOf('alice')]).toEqual(['a question', '']);
});
