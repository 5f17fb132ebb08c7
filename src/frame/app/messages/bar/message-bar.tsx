/** The actions of a message: in a bar below it, on hover, on focus, and after a long press. */
import { type JSX, useEffect, useRef } from 'react';
import { findLocalStorage } from '../../../../core/local-storage.js';
import { addStyles } from '../../../platform/add-styles.js';
import { getTexts } from '../../answers/message-text.js';
import { writtenAt } from '../days.js';
import type { MessageBarProps } from '../message-bar-props.js';
import { useMessages } from '../messages-context.js';
import { CopyButton } from './copy-button.js';
import { DeleteButton } from './delete-button.js';
import { FeedbackButtons } from './feedback-buttons.js';
import { GivenFeedback } from './given-feedback.js';
import barCss from './message-bar.css?inline';
import { QuoteButton } from './quote-button.js';
import { showOnLongPress } from './show-on-long-press.js';
import { SpeakButton } from './speak-button.js';
import { BETWEEN_BARS, useToolbar } from './use-toolbar.js';

addStyles(barCss);

export function MessageBar({ group, messages, isRunning, isShown }: MessageBarProps): JSX.Element {
  const { strings, locale, options } = useMessages();
  const row = useRef<HTMLDivElement>(null);
  const handleKey = useToolbar(row);
  useEffect(() => showOnLongPress(row.current?.closest('.message')), []);
  const text = getTexts(messages);
  const isQuestion = group.query !== undefined && messages[0] === group.query;
  // The API does not know the greeting.
  const canAct = group.chatId !== '' && group.isPrologue !== true && options.readOnly !== true;
  // Streamed answers have no time; the time of the question is used.
  const [time] = [...messages, ...(group.query === undefined ? [] : [group.query])].flatMap((message) => writtenAt(message) ?? []);
  return (
    <div
      ref={row}
      role="toolbar"
      aria-label={strings.messageActions}
      aria-keyshortcuts={BETWEEN_BARS}
      className={`bar ${isShown ? 'bar--shown' : ''}`}
      onKeyDown={handleKey}
    >
      {text !== '' && (
        <>
          <CopyButton text={text} />
          <SpeakButton text={text} />
          {canAct && !isQuestion && <QuoteButton text={text} />}
        </>
      )}
      {canAct && !isQuestion && <FeedbackButtons group={group} />}
      {canAct && <DeleteButton group={group} isQuestion={isQuestion} isRunning={isRunning} />}
      {time !== undefined && <Time time={time} locale={locale} />}
    </div>
  );
}

function Time({ time, locale }: { readonly time: number; readonly locale: string }): JSX.Element {
  const date = new Date(time);
  return (
    <time
      className="bar__time"
      dateTime={date.toISOString()}
      title={date.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })}
    >
      {date.toLocaleTimeString(locale, { timeStyle: 'short' })}
    </time>
  );
}

/** Removes the visitor's feedback in deleted conversations. */
export function forgetFeedback(conversationIds: readonly string[]): Promise<void> {
  return new GivenFeedback(findLocalStorage(window)).forget(conversationIds);
}
