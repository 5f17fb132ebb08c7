/** "Good answer" and "Bad answer". A second press withdraws the feedback. After "Bad answer" a form offers the site's reasons and a comment. */
import type { ChatMessage, ChatMessageGroup } from '@coze/chat-sdk';
import { type JSX, useEffect, useState } from 'react';
import { findLocalStorage } from '../../../../core/local-storage.js';
import { errorStringKey } from '../../errors/error-texts.js';
import { writtenAt } from '../days.js';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';
import { FeedbackForm, type Reasons } from './feedback-form.js';
import { GivenFeedback, type Rating } from './given-feedback.js';
import { feedbackPath, useFeature } from './use-feature.js';

/** The API takes feedback on answers since 2025-07-11 in Beijing. */
const FIRST_RATABLE_MS = Date.UTC(2025, 6, 10, 16);
/** Name of the note that the OAuth app lacks the permission, which the first attempt shows. */
const NOT_PERMITTED_NOTE = 'feedback-not-permitted';

const NO_REASONS: Reasons = { reasons: [], comment: '' };

type State = { readonly rating: Rating | undefined; readonly isBusy: boolean; readonly isRefused: boolean };

/** Returns the message that gets the feedback: the last text of the answer, because the API has one feedback per message. */
function findRatable({ query, respMessages }: ChatMessageGroup): ChatMessage | undefined {
  const last = respMessages.findLast(({ type, content_type: kind, id }) => type === 'answer' && kind === 'text' && /^\d+$/.test(id));
  const time = writtenAt(last ?? {}) ?? writtenAt(query ?? {});
  return time !== undefined && time < FIRST_RATABLE_MS ? undefined : last;
}

export function FeedbackButtons({ group }: { readonly group: ChatMessageGroup }): JSX.Element | null {
  const { options, notes } = useMessages();
  const message = findRatable(group);
  // Read once, so that the message whose attempt failed keeps showing the reason.
  const [isForbidden] = useState(() => notes.has(NOT_PERMITTED_NOTE));
  if (message === undefined || options.feedback?.shown !== true || isForbidden) return null;
  return <Buttons key={message.id} messageId={message.id} />;
}

function Buttons({ messageId }: { readonly messageId: string }): JSX.Element {
  const { strings, options, notes, host, announce } = useMessages();
  const { request, conversationId, tell, report } = useFeature();
  const [state, setState] = useState<State>({ rating: undefined, isBusy: false, isRefused: false });
  /** Initial content of the form; `undefined` while the form is not shown. */
  const [asked, setAsked] = useState<Reasons>();
  const given = getOrCreateNote(notes, 'given-feedback', () => new GivenFeedback(findLocalStorage(window)));
  const { rating, isBusy, isRefused } = state;
  useEffect(() => {
    void given.find(conversationId, messageId).then((known) => setState((now) => ({ ...now, rating: now.rating ?? known })));
  }, []);

  const thank = (): void => tell(strings.feedbackThanks, 'success');

  /** Sends the rating, or withdraws it for `undefined`. Resolves with whether the API accepted that. The caller thanks the visitor. */
  const give = async (next: Rating | undefined, { reasons, comment }: Reasons = NO_REASONS): Promise<boolean> => {
    setState((now) => ({ ...now, isBusy: true }));
    const path = feedbackPath(conversationId, messageId);
    const result = await request(
      next === undefined
        ? { method: 'DELETE', path }
        : {
            method: 'POST',
            path,
            body: {
              feedback_type: next === 'like' ? 'like' : 'unlike',
              ...(reasons.length > 0 && { reason_types: reasons }),
              ...(comment !== '' && { comment }),
            },
          },
    );
    if (!result.ok) {
      const isAnswered = isFinal(result.code);
      if (report('Feedback was refused', 'feedback', result)) notes.set(NOT_PERMITTED_NOTE, true);
      setState((now) => ({ ...now, isBusy: false, isRefused: isAnswered }));
      if (isAnswered) announce(strings.feedbackRefused);
      else tell(strings.feedbackFailed, 'error');
      return false;
    }
    setState({ rating: next, isBusy: false, isRefused: false });
    void given.remember(conversationId, messageId, next);
    host.onEvent({ type: 'feedback', feedback: { conversationId, messageId, rating: next ?? 'none', reasons, comment } });
    return true;
  };

  const press = (pressed: Rating): void => {
    const next = rating === pressed ? undefined : pressed;
    setAsked(undefined);
    if (notes.has(NOT_PERMITTED_NOTE)) return setState((now) => ({ ...now, isRefused: true }));
    void give(next).then((isGiven) => {
      if (!isGiven) return;
      // No thanks before the form has asked for the reasons: the visitor would think that this is the end.
      if (next === 'dislike') setAsked(NO_REASONS);
      else if (next === 'like') thank();
      else tell(strings.feedbackWithdrawn, 'success');
    });
  };

  if (isRefused) return <span className="bar__note">{strings.feedbackRefused}</span>;
  return (
    <>
      <BarButton icon="like" name={strings.goodAnswer} isPressed={rating === 'like'} isBusy={isBusy} onPress={() => press('like')} />
      <BarButton
        icon="dislike"
        name={strings.badAnswer}
        isPressed={rating === 'dislike'}
        isBusy={isBusy}
        onPress={() => press('dislike')}
      />
      {asked !== undefined && (
        <FeedbackForm
          options={options.feedback ?? {}}
          draft={asked}
          hasFailed={asked !== NO_REASONS}
          onCancel={() => {
            setAsked(undefined);
            thank();
          }}
          onSend={(reasons) => {
            setAsked(undefined);
            // After a failure the form opens again, with the visitor's reasons and comment.
            void give('dislike', reasons).then((isGiven) => (isGiven ? thank() : setAsked(reasons)));
          }}
        />
      )}
    </>
  );
}

/** Whether a retry would fail, too. `false` for a missing network, a server error or a rate limit. */
function isFinal(code: number): boolean {
  if (code < 400 || code === 429 || (code >= 500 && code < 600)) return false;
  return errorStringKey(code) !== 'errorBusy';
}

/** Returns the named note, created on first use. */
function getOrCreateNote<T>(notes: Map<string, unknown>, name: string, create: () => T): T {
  if (!notes.has(name)) notes.set(name, create());
  return notes.get(name) as T;
}
