/** The form about a bad answer: reasons that the site offers, and a comment. */
import { type JSX, useRef, useState } from 'react';
import type { FeedbackOptions } from '../../../../config/chat-options.js';
import { Dialog } from '../../dialog/dialog.js';
import { useMessages } from '../messages-context.js';

/** The API's limit. */
const MAX_COMMENT_LENGTH = 250;

export interface Reasons {
  readonly reasons: readonly string[];
  readonly comment: string;
}

export interface FeedbackFormProps {
  readonly options: FeedbackOptions;
  /** Reasons and comment with which the form begins. */
  readonly draft: Reasons;
  /** Whether `draft` could not be sent. */
  readonly hasFailed: boolean;
  readonly onSend: (reasons: Reasons) => void;
  readonly onCancel: () => void;
}

export function FeedbackForm({ options, draft, hasFailed, onSend, onCancel }: FeedbackFormProps): JSX.Element {
  const { strings } = useMessages();
  const [chosen, setChosen] = useState(draft.reasons);
  const [comment, setComment] = useState(draft.comment);
  const [isIncomplete, setIncomplete] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { reasons = [], title, placeholder } = options;
  const needsComment = reasons.some(({ text, needsComment: needs = false }) => needs && chosen.includes(text));
  const send = (): void => {
    const text = comment.trim();
    if (needsComment && text === '') {
      field.current?.focus();
      return setIncomplete(true);
    }
    if (text === '' && chosen.length === 0) return onCancel();
    onSend({ reasons: chosen, comment: text });
  };
  const toggle = (text: string): void => setChosen(chosen.includes(text) ? chosen.filter((one) => one !== text) : [...chosen, text]);
  return (
    <Dialog title={title || strings.feedbackTitle} onCancel={onCancel} onSubmit={send}>
      <div className="ask__reasons">
        {reasons.map(({ text }) => (
          <label key={text} dir="auto">
            <input type="checkbox" checked={chosen.includes(text)} onChange={() => toggle(text)} />
            {text}
          </label>
        ))}
      </div>
      <textarea
        ref={field}
        rows={3}
        dir="auto"
        maxLength={MAX_COMMENT_LENGTH}
        value={comment}
        aria-label={placeholder || strings.feedbackPlaceholder}
        placeholder={placeholder || strings.feedbackPlaceholder}
        aria-required={needsComment}
        aria-invalid={isIncomplete}
        aria-describedby={isIncomplete ? 'ask-problem' : undefined}
        onInput={({ currentTarget }) => {
          setIncomplete(false);
          setComment(currentTarget.value);
        }}
      />
      {(isIncomplete || hasFailed) && (
        <p id="ask-problem" role="alert">
          {isIncomplete ? strings.feedbackDetailNeeded : strings.feedbackFailed}
        </p>
      )}
      <div className="ask__buttons">
        <button type="button" onClick={onCancel}>
          {strings.cancel}
        </button>
        <button type="submit" className="ask__yes">
          {strings.send}
        </button>
      </div>
    </Dialog>
  );
}
