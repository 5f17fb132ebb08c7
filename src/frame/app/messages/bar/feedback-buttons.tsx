/** "Good answer" and "Bad answer"; a second press withdraws the feedback. For a bad one a form asks for the site's reasons and a comment. */
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
/** Note that the OAuth app lacks the permission, found out by the first attempt. */
const NOT_PERMITTED_NOTE = 'feedback-not-permitted';

const NO_REASONS: Reasons = { reasons: [], comment: '' };

type State = { readonly rating: Rating | undefined; readonly isBusy: boolean; readonly isRefused: boolean };

/** The API has one feedback per message: here it belongs to the last text of the answer. */
function findRatable({ query, respMessages }: ChatMessageGroup): ChatMessage | undefined {
  const last = respMessages.findLast(({ type, content_type: kind, id }) => type === 'answer' && kind === 'text' && /^\d+$/.test(id));
  const time = writtenAt(last ?? {}) ?? writtenAt(query ?? {});
  return time !== undefined && time < FIRST_RATABLE_MS ? undefined : last;
}

export function FeedbackButtons({ group }: { readonly group: ChatMessageGroup }): JSX.Element | null {
  const { options, notes } = useMessages();
  const message = findRatable(group);
  // Read once, so that the message whose attempt found out keeps showing why.
  const [isForbidden] = useState(() => notes.has(NOT_PERMITTED_NOTE));
  if (message === undefined || options.feedback?.shown !== true || isForbidden) return null;
  return <Buttons key={message.id} messageId={message.id} />;
}

function Buttons({ messageId }: { readonly messageId: string }): JSX.Element {
  const { strings, options, notes, host, announce } = useMessages();
  const { request, conversationId, tell, report } = useFeature();
  const [state, setState] = useState<State>({ rating: undefined, isBusy: false, isRefused: false });
  /** What the form begins with; `undefined` while it is not shown. */
  const [asked, setAsked] = useState<Reasons>();
  const given = getOrCreateNote(notes, 'given-feedback', () => new GivenFeedback(findLocalStorage(window)));
  const { rating, isBusy, isRefused } = state;
  useEffect(() => {
    void given.find(conversationId, messageId).then((known) => setState((now) => ({ ...now, rating: now.rating ?? known })));
  }, []);

  const thank = (): void => tell(strings.feedbackThanks, 'success');

  /** Whether it was taken. The visitor is thanked by the caller. */
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
      // Thanks before the question what was wrong would read as its end.
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
            // What the visitor has written is not lost.
            void give('dislike', reasons).then((isGiven) => (isGiven ? thank() : setAsked(reasons)));
          }}
        />
      )}
    </>
  );
}

/** Whether a retry would fail too; not for a missing network, a server error or a rate limit. */
function isFinal(code: number): boolean {
  if (code < 400 || code === 429 || (code >= 500 && code < 600)) return false;
  return errorStringKey(code) !== 'errorBusy';
}

/** Returns the named note, created on first use. */
function getOrCreateNote<T>(notes: Map<string, unknown>, name: string, create: () => T): T {
  if (!notes.has(name)) notes.set(name, create());
  return notes.get(name) as T;
}
