/** Renders the Chat SDK as a React tree, and connects it to the page. */
import {
  ChatFramework,
  type ChatFrameworkProps,
  type ChatMessageGroup,
  ChatSlot,
  Language,
  type RawMessage,
  useChatInfoStore,
  useConversationStore,
} from '@coze/chat-sdk';
import { type JSX, useEffect, useMemo, useRef, useState } from 'react';
import { type ChatOptions, namedPictures } from '../../config/chat-options.js';
import { validatePicture } from '../../core/address.js';
import { systemTimers } from '../../core/clock.js';
import { isBlank } from '../../core/values/blank.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import type { ChatApi, FrameSettings, HostApi } from '../contract.js';
import { loadChunk } from '../platform/load-chunk.js';
import { previewImage } from '../platform/taro/api/preview-image.js';
import { PictureValidator } from '../platform/taro/pictures.js';
import { AnswerNotice } from './answers/answer-notice.js';
import { answerText, isStopped } from './answers/answer-text.js';
import { AnswerWatch } from './answers/answer-watch.js';
import { greetingFor } from './answers/greeting.js';
import { isNotice, noticeText } from './answers/interrupted-answer.js';
import { Quotes } from './answers/quotes.js';
import { SentShortcut } from './answers/sent-shortcut.js';
import type { Announcer } from './bridge/announcer.js';
import { Controls } from './bridge/chat-commands.js';
import { findReply, PendingReply } from './bridge/pending-reply.js';
import { toSpokenText } from './bridge/spoken-text.js';
import { loadConversations } from './conversations/load-conversations.js';
import { LazyAttachments } from './draft/lazy-attachments.js';
import { OutgoingContext } from './draft/outgoing-context.js';
import { isFileMessage } from './draft/outgoing-turn.js';
import { type Sending, SendingContext } from './draft/sending-context.js';
import { useSendMessage } from './draft/use-send-message.js';
import { VisitorDraft } from './draft/visitor-draft.js';
import { NoTokenError } from './errors/api-error-code.js';
import { toMarkdownProblem, toStartProblem } from './errors/problem.js';
import { loadMarkdown } from './markdown/load-markdown.js';
import { ParseScheduleContext } from './markdown/pace/parse-schedule-context.js';
import { MessagesContext, type MessagesSettings } from './messages/messages-context.js';
import { QuotePreview } from './messages/quote-preview.js';
import type { OpenedPicture } from './pictures/opened-picture.js';
import { I18n } from './sdk/overrides/i18n.js';
import { Markdown } from './sdk/overrides/md-stream.js';
import { toSdkChat, toSdkUi } from './sdk/sdk-options.js';
import { AppChatService } from './service/app-chat-service.js';
import { IsolatedChatService } from './service/isolated-chat-service.js';
import { LateShortcuts } from './shortcuts/late-shortcuts.js';
import { lateTurns, loadTools } from './tools/load-tools.js';
import { toRequiredAction } from './tools/required-action.js';

export interface ChatProps {
  readonly settings: FrameSettings;
  readonly strings: ChatStrings;
  readonly host: HostApi;
  /** A valid token; the SDK does not start without one. */
  readonly token: string;
  /** URL of the folder that has the SDK's pictures. */
  readonly assetsUrl: string;
  readonly announcer: Announcer;
}

export function Chat(props: ChatProps): JSX.Element {
  const { settings, strings, host } = props;
  const [options, configure] = useState(settings.options);
  const latest = useRef(options);
  latest.current = options;
  const parseSchedule = useRef(undefined);
  // The SDK reads some props only once, when it is mounted, and the others only if they are new objects.
  const [quotes, chatState, shortcut, outgoing] = useMemo(
    () => [new Quotes(host.draft().quotes), new Map<string, unknown>(), new SentShortcut(), new OutgoingContext()] as const,
    [],
  );
  const [sending, fixed] = useMemo(() => {
    const draft = new VisitorDraft(host, quotes);
    const sending: Sending = {
      turns: new PendingReply(),
      draft,
      attachments: new LazyAttachments(
        draft,
        { strings, upload: (send) => service?.uploadFile(send) ?? Promise.reject(new NoTokenError()) },
        () => loadChunk('attachments', () => import('./composer/attachments/attachments.js')).then(({ Attachments }) => Attachments),
      ),
      prepare: (message) => prepareMessage(message, host, outgoing),
      confirmVisitor: () => host.confirmVisitor(),
      stopAnswer: () => service?.stopAnswer() === true || sending.turns.lastTurn?.abandon(strings.answerStopped) === true,
      strings,
    };
    let service: IsolatedChatService | undefined;
    const onService = (created: IsolatedChatService): void => void (service = created);
    return [sending, fixedProps(props, sending, { quotes, shortcut, outgoing, options: () => latest.current, onService })] as const;
  }, []);
  const changing = useMemo(() => changingProps(props, options), [options]);
  const messages = useMemo<MessagesSettings>(
    () => ({
      strings,
      locale: settings.locale,
      host,
      announce: props.announcer.announce,
      quotes,
      shortcut,
      chatState,
      options,
    }),
    [options],
  );
  const validate = useMemo(() => {
    const rules = {
      pageOrigin: window.origin,
      sources: settings.pictureSources,
      named: [settings.user.avatar, ...namedPictures(options)],
      assetsUrl: `${props.assetsUrl}assets/`,
    };
    return (address: unknown) => validatePicture(address, rules);
  }, [options]);
  const onReady = (controls: ChatApi): void => {
    host.onReady(controls);
    // Not earlier, because every byte would have delayed the text field.
    loadMarkdown().then(Markdown.preload, () => host.onEvent({ type: 'formatting-failed', problem: toMarkdownProblem(props.assetsUrl) }));
  };
  return (
    <SendingContext.Provider value={sending}>
      <MessagesContext.Provider value={messages}>
        <PictureValidator.Provider value={validate}>
          <ParseScheduleContext.Provider value={parseSchedule}>
            <ChatFramework {...fixed} {...changing}>
              <Title fallback={strings.assistant} />
              <ChatSlot />
              <LeftConversations draft={sending.draft} announcer={props.announcer} />
              <Controls
                onCompose={(text) => sending.draft.compose(text)}
                onStop={sending.stopAnswer}
                onSwitch={(fromId, toId) => {
                  sending.draft.switchConversation(fromId, toId);
                  quotes.switchConversation(fromId, toId);
                }}
                onDelete={(id) => sending.draft.forget(id)}
                onLateAnswer={(respMessages) => props.announcer.announce(announcement({ respMessages }, strings))}
                turns={sending.turns}
                host={host}
                onReady={onReady}
                configure={configure}
                isReadOnly={options.readOnly ?? false}
                hasConversations={options.conversations ?? false}
              />
            </ChatFramework>
          </ParseScheduleContext.Provider>
        </PictureValidator.Provider>
      </MessagesContext.Provider>
    </SendingContext.Provider>
  );
}

/** Objects that the chat shares with its service. */
interface ServiceProps {
  readonly quotes: Quotes;
  readonly shortcut: SentShortcut;
  readonly outgoing: OutgoingContext;
  readonly options: () => ChatOptions;
  readonly onService: (service: IsolatedChatService) => void;
}

function fixedProps(
  { settings, strings, host: page, token, assetsUrl, announcer }: ChatProps,
  { turns, draft }: Sending,
  { quotes, shortcut, outgoing, options, onService }: ServiceProps,
): Pick<ChatFrameworkProps, 'auth' | 'user' | 'setting' | 'eventCallbacks'> {
  const { target, connectorId, apiBaseUrl } = settings;
  // The SDK has two languages. It uses them to choose a voice, and for the `Accept-Language` of questions.
  const language = settings.locale.startsWith('zh') ? Language.ZH_CN : Language.EN;
  const host: HostApi = {
    ...page,
    onEvent: (event) => {
      // The API has accepted the message as soon as it has opened a turn for it.
      if (event.type === 'message' && event.message.role === 'user') draft.accept(event.message.id);
      return page.onEvent(event);
    },
  };
  const answers = new AnswerWatch(page);
  const continueTurn = lateTurns({ host, strings, document, timers: systemTimers });
  const Service = 'botId' in target ? IsolatedChatService : AppChatService;
  return {
    auth: { token, connectorId, onRefreshToken: (rejected = '') => host.refreshAccessToken(rejected) },
    user: settings.user,
    setting: {
      apiBaseUrl,
      cdnBaseUrlPath: assetsUrl,
      i18n: new I18n(language),
      language,
      logLevel: 'release',
      requestHeader: { ...settings.options.requestHeaders },
      onGetCustomChatService: (sdkService) => {
        const service = new Service(sdkService, {
          target,
          apiBaseUrl,
          host,
          options,
          visitorName: settings.user.name,
          quotes,
          shortcut,
          takeContext: () => outgoing.context,
          continueTurn: () => (outgoing.hasTools ? continueTurn : undefined),
          onHistory: (messages) => draft.compare(messages),
          onConversationGone: () => turns.onConversationGone(),
          restore: settings.conversationId
            ? async (service) => (await loadConversations()).restoreConversation(service, settings.conversationId, host)
            : undefined,
          answers,
          wasStopped: (chatId) => draft.wasStopped(chatId),
        });
        onService(service);
        return service;
      },
    },
    eventCallbacks: {
      onImageClick: ({ url, drawn }: OpenedPicture) => {
        if (host.onEvent({ type: 'image', url })) void previewImage({ urls: [url], current: url, drawn });
      },
      message: {
        afterMessageReceivedFinish: ({ extra: { processChatMessageGroup: group } }) => {
          const answer = findReply(group);
          if (!turns.isLeft) {
            announcer.announce(announcement(group, strings));
            if (answer !== undefined && answer.text !== '') host.onEvent({ type: 'message', message: answer });
          }
          const { chatId = '' } = group;
          // A reply also proves that the API has accepted the message. A stopped one proves it only if the API has opened a turn.
          if (group.respMessages.length > 0 && !(isStopped(group) && chatId === '')) draft.accept(chatId);
          if (isStopped(group) && chatId !== '') draft.stop(chatId);
          const sent = group.query?.rawMessage;
          draft.end(sent);
          answers.end(group, turns.isLeft);
          turns.resolve(group);
        },
        onRequiresAction: ({ extra: { requireAction } }) => {
          if (requireAction !== undefined) host.onEvent({ type: 'action', ...toRequiredAction(requireAction) });
        },
      },
    },
  };
}

function changingProps({ settings, strings, host }: ChatProps, options: ChatOptions): Pick<ChatFrameworkProps, 'chat' | 'ui'> {
  const { chatSlot, ...ui } = toSdkUi(options);
  return {
    chat: toSdkChat(settings.target, options, (greeting) => greetingFor(greeting, settings.user.name)),
    ui: {
      ...ui,
      header: { isNeed: false },
      chatSlot: {
        ...chatSlot,
        input: {
          ...chatSlot.input,
          renderChatInputTopSlot: () => [<LateShortcuts key="shortcuts" />, <QuotePreview key="quote" />],
        },
        message: {
          card: {
            // Cards of a bot, too. The SDK leaves them out, and the visitor would see no answer at all.
            isSupportMessage: () => true,
            renderMessage: (props) => <AnswerNotice {...props} strings={strings} />,
          },
        },
      },
      error: { renderError: () => <StartFailure apiBaseUrl={settings.apiBaseUrl} onFailed={host.onFailed} /> },
      loading: { renderLoading: () => null },
    },
  };
}

/** Resolves with whether to send the message. Writes the page's text into `message` itself, which {@link VisitorDraft} identifies by its object. */
async function prepareMessage(message: RawMessage, host: HostApi, outgoing: OutgoingContext): Promise<boolean> {
  const text = toText(message);
  const prepared = await host.prepareMessage(text);
  if (prepared === undefined || (isBlank(prepared.text) && !isBlank(text))) return false;
  outgoing.context = prepared.context;
  outgoing.hasTools = prepared.hasTools;
  if (prepared.hasTools) void loadTools().catch(() => undefined);
  if (isFileMessage(message)) Object.assign(message, { text: prepared.text });
  else if (typeof message.data === 'string') Object.assign(message, { data: prepared.text });
  return true;
}

/** Empty for files without text, and for speech. */
function toText({ data, text = data }: { readonly data: unknown; readonly text?: unknown }): string {
  return typeof text === 'string' ? text : '';
}

async function announcement(group: Pick<ChatMessageGroup, 'respMessages'>, strings: ChatStrings): Promise<string> {
  const text = await toSpokenText(answerText(group));
  const notice = group.respMessages.find(isNotice);
  return notice === undefined ? text : `${text} ${noticeText(notice, strings)}`;
}

/** A heading for screen readers, which navigate by headings. The headings of the replies are on lower levels. */
function Title({ fallback }: { readonly fallback: string }): JSX.Element {
  const name = useChatInfoStore((store) => store.info?.name);
  return <h1 className="visually-hidden">{name || fallback}</h1>;
}

/** When the visitor leaves a conversation, keeps its failed recording, and ends its announcements. */
function LeftConversations({ draft, announcer }: Pick<Sending, 'draft'> & Pick<ChatProps, 'announcer'>): null {
  const { keepFailedRecording } = useSendMessage();
  const conversationId = useConversationStore(({ id }) => id);
  useEffect(() => void (draft.onLeave = keepFailedRecording), []);
  useEffect(announcer.silence, [conversationId]);
  return null;
}

function StartFailure({ apiBaseUrl, onFailed }: Pick<FrameSettings, 'apiBaseUrl'> & Pick<HostApi, 'onFailed'>): null {
  const error = useChatInfoStore((store) => store.error);
  useEffect(() => {
    if (error !== null) onFailed(toStartProblem(error.code, apiBaseUrl));
  }, [error]);
  return null;
}
