/** A question with its answers. */
import { type ChatMessage, type ChatMessageGroup, useChatInfoStore, useChatInputStore, useSendMessage } from '@coze/chat-sdk';
import { type JSX, memo, type ReactNode, useMemo } from 'react';
import {
  useChatPropsStore,
  useI18n,
  useUserInfoStore,
} from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/provider/context/chat-store-context.js';
import {
  isSupportAnswerMessage,
  MessageContent,
  Spinning,
  SuggestionList,
  WaitingMessage,
} from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/index.js';
import { getCdnUrl } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import { getQuote, withoutQuote } from '../answers/message-text.js';
import { CImage } from '../sdk/overrides/c-image.js';
import type { LateMessageBar } from './message-bar-props.js';
import { useMessages } from './messages-context.js';
import { Process } from './process.js';
import { Quote } from './quote-preview.js';

/** The SDK's limit. */
const MAX_FOLLOW_UPS = 3;

export interface TurnProps {
  readonly group: ChatMessageGroup;
  readonly isRunning: boolean;
  /** Whether this is the newest turn. */
  readonly isLast: boolean;
  readonly hasSuggestions: boolean;
  readonly Bar: LateMessageBar;
}

export const Turn = memo(function Turn(props: TurnProps): JSX.Element {
  const { group, isRunning } = props;
  // A browser's translator replaces text nodes. The answer would go on in those that are no longer in the document.
  return (
    <div className={isRunning ? 'turn notranslate' : 'turn'} data-turn={group.id}>
      {group.query !== undefined && <Question {...props} question={group.query} />}
      <Answer {...props} />
    </div>
  );
});

function Question({ group, question, isRunning, isLast, Bar }: TurnProps & { readonly question: ChatMessage }): JSX.Element {
  const { strings, quotes } = useMessages();
  const i18n = useI18n();
  const visitor = useUserInfoStore(({ info }) => info);
  const onImageClick = useChatPropsStore(({ eventCallbacks }) => eventCallbacks?.onImageClick);
  const { sendTextMessage, reSendLastErrorMessage } = useSendMessage();
  const quote = getQuote(question) || quotes.find(group.chatId);
  const shown = useMemo(() => withoutQuote(question), [question]);
  const failure = group.respMessages.length === 0 ? question.error?.getErrorMessageByI18n(i18n) : undefined;
  const isFailed = failure !== undefined;
  const isSending = !isFailed && isRunning && !question.chat_id;
  return (
    <Message by="visitor" name={visitor?.name || strings.visitor} picture={visitor?.avatar ?? ''}>
      {quote !== '' && <Quote text={quote} />}
      {/* A recording that was not understood has the failure as its text. */}
      {question.content !== failure && <MessageContent message={shown} onImageClick={onImageClick} sendTextMessage={sendTextMessage} />}
      {isSending && <Spinning className="message__state" size="small" />}
      {isFailed && (
        <div className="broken-answer">
          <span role="alert">{failure}</span>
          {isLast && (
            <button type="button" className="broken-answer__retry" onClick={() => void reSendLastErrorMessage()}>
              {strings.retry}
            </button>
          )}
        </div>
      )}
      {Bar !== undefined && !isFailed && <Bar group={group} messages={[question]} isRunning={isRunning} isShown={false} />}
    </Message>
  );
}

function Answer({ group, isRunning, isLast, hasSuggestions, Bar }: TurnProps): JSX.Element | null {
  const { strings } = useMessages();
  const bot = useChatInfoStore(({ info }) => info);
  const i18n = useI18n();
  const { assetsUrl, ui, callbacks } = useChatPropsStore((store) => ({
    assetsUrl: store.setting?.cdnBaseUrlPath,
    ui: store.ui,
    callbacks: store.eventCallbacks,
  }));
  const setTaskList = useChatInputStore((store) => store.setTaskList);
  const { sendTextMessage } = useSendMessage();
  const contentProps = {
    onImageClick: callbacks?.onImageClick,
    onLinkClick: callbacks?.onLinkClick,
    sendTextMessage,
    i18n,
    isLastMessage: isLast,
    isReadOnly: ui?.isReadonly,
    onTaskChange: setTaskList,
    messageUiConfigMap: ui?.chatSlot?.message,
  };
  const { respMessages: messages } = group;
  const answers = useMemo(
    () => messages.filter((message) => isSupportAnswerMessage(message, contentProps.messageUiConfigMap)),
    [messages, messages.length],
  );
  const followUps = messages
    .flatMap(({ type, content }) => (type === 'follow_up' && content !== '' ? [content] : []))
    .slice(0, MAX_FOLLOW_UPS);
  const isAwaited = isRunning ? Boolean(group.query?.chat_id) : group.isAWaiting === true;
  const isEmpty = !isAwaited && answers.length === 0 && followUps.length === 0;
  if (isEmpty && !isUnanswered(group)) return null;

  const isWaiting = isAwaited && answers.every(({ isComplete, content }) => isComplete === true || content === '');
  return (
    <Message by="bot" name={bot?.name || strings.assistant} picture={bot?.icon_url || getCdnUrl(assetsUrl, 'assets/imgs/coze-logo.png')}>
      <Process messages={messages} isRunning={isRunning} place="above" />
      {answers.map((message, index) =>
        // `Process` shows the thoughts.
        message.content === '' && message.reasoning_content ? null : (
          <MessageContent
            key={message.id || index}
            {...contentProps}
            message={message.reasoning_content ? { ...message, reasoning_content: '' } : message}
            isAWaiting={isAwaited && followUps.length === 0 && index === answers.length - 1 && !message.isComplete}
          />
        ),
      )}
      {isWaiting && <WaitingMessage />}
      {isEmpty && (
        <div className="answer-notice" role="alert">
          {strings.answerMissing}
        </div>
      )}
      <Process messages={messages} isRunning={isRunning} place="below" />
      {Bar !== undefined && answers.length > 0 && !isRunning && <Bar group={group} messages={answers} isRunning={false} isShown={isLast} />}
      {followUps.length > 0 && hasSuggestions && (
        <SuggestionList suggestions={followUps} onClickSuggestion={sendTextMessage} isVertical={false} />
      )}
    </Message>
  );
}

/**
 * Whether the bot has ended its turn without a word. Questions of the history have no `rawMessage`, and may still be answered; a called function
 * is the page's concern.
 */
function isUnanswered({ query, respMessages }: ChatMessageGroup): boolean {
  return Boolean(query?.rawMessage && query.chat_id && !query.error) && respMessages.every(({ type }) => type !== 'function_call');
}

interface MessageProps {
  readonly by: 'visitor' | 'bot';
  readonly name: string;
  readonly picture: string;
  readonly children: ReactNode;
}

function Message({ by, name, picture, children }: MessageProps): JSX.Element {
  const { options } = useMessages();
  const hasPicture = by === 'bot' || options.messageLayout === 'column';
  return (
    <div className={`message message--${by}`}>
      {hasPicture && <CImage src={picture} mode="aspectFill" className="message__avatar" />}
      <div className="message__sender">{name}</div>
      <div className="message__body">{children}</div>
    </div>
  );
}
