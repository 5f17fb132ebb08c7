/** How a broken answer shows: in words, with a button that asks once more. */
import { type IMessageContentProps, useConversationStore, useSendMessage } from '@coze/chat-sdk';
import type { JSX } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import { brokenAnswerText } from './interrupted-answer.js';

export interface BrokenAnswerNoticeProps extends IMessageContentProps {
  readonly strings: ChatStrings;
}

export function BrokenAnswerNotice({ message, isLastMessage, isReadOnly, strings }: BrokenAnswerNoticeProps): JSX.Element {
  const { sendMessage } = useSendMessage();
  const question = useConversationStore(
    ({ chatMessageGroups }) => chatMessageGroups.find(({ respMessages }) => respMessages.includes(message))?.query?.rawMessage,
  );
  return (
    <div className="broken-answer">
      <span>{brokenAnswerText(message, strings)}</span>
      {question !== undefined && isLastMessage && !isReadOnly && (
        <button type="button" className="broken-answer__retry" onClick={() => void sendMessage(question)}>
          {strings.retry}
        </button>
      )}
    </div>
  );
}
