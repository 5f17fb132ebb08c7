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
const NOT_PERMITTED_KEY = 'feedback-not-permitted';

const NO_REASONS: Reasons = { reasons: [], comment: '' };

type State = { readonly rating: Rating | undefined; readonly isBusy: boolean; readonly isRefused: boolean };

/** Returns the message that gets the feedback: the last text of the answer, because the API has one feedback per message. */
function findRatable({ query, respMessages }: ChatMessageGroup): ChatMessage | undefined {
  const last = respMessages.findLast(({ type, content_type: kind, id }) => type === 'answer' && kind === 'text' && /^\d+$/.test(id));
  const time = writtenAt(last ?? {}) ?? writtenAt(query ?? {});
  return time !== undefined && time < FIRST_RATABLE_MS ? undefined : last;
}

export function FeedbackButtons({ group }: { readonly group: ChatMessageGroup }): JSX.Element | null {
  const { options, chatState } = useMessages();
  const message = findRatable(group);
  // Read once, so that the message whose attempt failed keeps showing the reason.
  const [isForbidden] = useState(() => chatState.has(NOT_PERMITTED_KEY));
  if (message === undefined || options.feedback?.shown !== true || isForbidden) return null;
  return <Buttons key={message.id} messageId={message.id} />;
}

function Buttons({ messageId }: { readonly messageId: string }): JSX.Element {
  const { strings, options, chatState, host, announce } = useMessages();
  const { request, conversationId, showToast, report } = useFeature();
  const [state, setState] = useState<State>({ rating: undefined, isBusy: false, isRefused: false });
  /** Initial content of the form; `undefined` while the form is not shown. */
  const [formDraft, setFormDraft] = useState<Reasons>();
  const given = getOrCreate(chatState, 'given-feedback', () => new GivenFeedback(findLocalStorage(window)));
  const { rating, isBusy, isRefused } = state;
  useEffect(() => {
    void given.find(conversationId, messageId).then((known) => setState((now) => ({ ...now, rating: now.rating ?? known })));
  }, []);

  const thank = (): void => showToast(strings.feedbackThanks, 'success');

  /** Sends the rating, or withdraws it for `undefined`. Resolves with whether the API accepted that. The caller thanks the visitor. */
  const sendFeedback = async (next: Rating | undefined, { reasons, comment }: Reasons = NO_REASONS): Promise<boolean> => {
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
      const isPermanent = isFinal(result.code);
      if (report('Feedback was refused', 'feedback', result)) chatState.set(NOT_PERMITTED_KEY, true);
      setState((now) => ({ ...now, isBusy: false, isRefused: isPermanent }));
      if (isPermanent) announce(strings.feedbackRefused);
      else showToast(strings.feedbackFailed, 'error');
      return false;
    }
    setState({ rating: next, isBusy: false, isRefused: false });
    void given.remember(conversationId, messageId, next);
    host.onEvent({ type: 'feedback', feedback: { conversationId, messageId, rating: next ?? 'none', reasons, comment } });
    return true;
  };

  const press = (pressed: Rating): void => {
    const next = rating === pressed ? undefined : pressed;
    setFormDraft(undefined);
    if (chatState.has(NOT_PERMITTED_KEY)) return setState((now) => ({ ...now, isRefused: true }));
    void sendFeedback(next).then((isGiven) => {
      if (!isGiven) return;
      // No thanks before the form has asked for the reasons: the visitor would think that this is the end.
      if (next === 'dislike') setFormDraft(NO_REASONS);
      else if (next === 'like') thank();
      else showToast(strings.feedbackWithdrawn, 'success');
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
      {formDraft !== undefined && (
        <FeedbackForm
          options={options.feedback ?? {}}
          draft={formDraft}
          hasFailed={formDraft !== NO_REASONS}
          onCancel={() => {
            setFormDraft(undefined);
            thank();
          }}
          onSend={(reasons) => {
            setFormDraft(undefined);
            // After a failure the form opens again, with the visitor's reasons and comment.
            void sendFeedback('dislike', reasons).then((isGiven) => (isGiven ? thank() : setFormDraft(reasons)));
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
function getOrCreate<T>(chatState: Map<string, unknown>, name: string, create: () => T): T {
  if (!chatState.has(name)) chatState.set(name, create());
  return chatState.get(name) as T;
}
