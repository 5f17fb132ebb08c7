/** Tells the visitor that an answer is incomplete, or a card. If it broke off, a button sends the question again. */
import { type IMessageContentProps, useConversationStore, useSendMessage } from '@coze/chat-sdk';
import type { JSX } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import { isBrokenAnswer, isStoppedAnswer, noticeText } from './interrupted-answer.js';

export interface AnswerNoticeProps extends IMessageContentProps {
  readonly strings: ChatStrings;
}

export function AnswerNotice(props: AnswerNoticeProps): JSX.Element {
  const { message, strings } = props;
  return isBrokenAnswer(message) ? (
    <BrokenAnswerNotice {...props} />
  ) : (
    <div className="answer-notice">{isStoppedAnswer(message) ? noticeText(message, strings) : strings.messageUnsupported}</div>
  );
}

function BrokenAnswerNotice({ message, isLastMessage, isReadOnly, strings }: AnswerNoticeProps): JSX.Element {
  const { sendMessage } = useSendMessage();
  const question = useConversationStore(
    ({ chatMessageGroups }) => chatMessageGroups.find(({ respMessages }) => respMessages.includes(message))?.query?.rawMessage,
  );
  return (
    <div className="broken-answer">
      <span>{noticeText(message, strings)}</span>
      {question !== undefined && isLastMessage && !isReadOnly && (
        <button type="button" className="broken-answer__retry" onClick={() => void sendMessage(question)}>
          {strings.retry}
        </button>
      )}
    </div>
  );
}
