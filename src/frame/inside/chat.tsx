/** The ChatSDK as a React tree, wired to the page. */
import {
  ChatFramework,
  ChatSlot,
  ChatType,
  Language,
  useChatInfoStore,
  type ChatFrameworkProps,
  type ChatMessageGroup,
} from '@coze/chat-sdk';
import { type JSX, useEffect, useMemo } from 'react';
import type { ChatStrings } from '../../locales/en.js';
import type { ChatControls, FrameHost, FrameSettings } from '../contract.js';
import { answerText, isBrokenOff } from './answer-text.js';
import { isBrokenAnswer } from './broken-answer.js';
import { BrokenAnswerNotice } from './broken-answer-notice.js';
import { answerIn, Controls, Turns } from './controls.js';
import { I18n } from './i18n.js';
import { IsolatedChatService } from './isolated-chat-service.js';
import { loadMarkdown } from './markdown/md-stream.js';
import { problemOfStart } from './problem.js';
import { spokenText } from './spoken-text.js';

export interface ChatProps {
  readonly settings: FrameSettings;
  readonly strings: ChatStrings;
  readonly host: FrameHost;
  /** Valid now; the SDK refuses to start without one. */
  readonly token: string;
  /** Where the SDK's pictures are served from. */
  readonly assetsUrl: string;
  /** Says something to screen readers. */
  readonly announce: (text: string) => void;
}

export function Chat(props: ChatProps): JSX.Element {
  // The SDK reads its props once, at mount.
  const [turns, sdkProps] = useMemo(() => {
    const turns = new Turns();
    return [turns, sdkPropsOf(props, turns)] as const;
  }, []);
  const onReady = (controls: ChatControls): void => {
    props.host.onReady(controls);
    // Not before: until now every byte was in the way of the field.
    void loadMarkdown();
  };
  return (
    <ChatFramework {...sdkProps}>
      <Title fallback={props.strings.assistant} />
      <ChatSlot />
      <Controls turns={turns} onReady={onReady} />
    </ChatFramework>
  );
}

function sdkPropsOf({ settings, strings, host, token, assetsUrl, announce }: ChatProps, turns: Turns): ChatFrameworkProps {
  // All the SDK has of its own for a language: what it tells the API in voice input.
  const language = settings.locale.startsWith('zh') ? Language.ZH_CN : Language.EN;
  return {
    chat: { appId: settings.botId, type: ChatType.Bot, voiceInfo: voiceInfoOf(settings) },
    auth: { token, connectorId: settings.connectorId, onRefreshToken: (refused = '') => host.replaceToken(refused) },
    user: settings.user,
    setting: {
      apiBaseUrl: settings.apiBaseUrl,
      cdnBaseUrlPath: assetsUrl,
      i18n: new I18n(language),
      language,
      logLevel: 'release',
      onGetCustomChatService: (service) => new IsolatedChatService(service, host),
    },
    ui: {
      header: { isNeed: false },
      chatSlot: {
        base: { isFrameAutoFocus: false },
        clearMessage: { position: 'inputLeft' },
        input: { isNeedAudio: settings.voice?.input ?? false },
        message: {
          card: { isSupportMessage: isBrokenAnswer, renderMessage: (props) => <BrokenAnswerNotice {...props} strings={strings} /> },
        },
      },
      error: { renderError: () => <StartFailure onFailed={host.onFailed} /> },
      loading: { renderLoading: () => null },
    },
    eventCallbacks: {
      message: {
        afterMessageReceivedFinish: ({ extra: { processChatMessageGroup: group } }) => {
          announce(announcement(group, strings));
          const answer = answerIn(group);
          if (answer !== undefined && answer.text !== '') host.onMessage(answer);
          turns.end(group);
        },
      },
    },
  };
}

/** One voice, whatever the language of the chat. */
function voiceInfoOf({ voice }: FrameSettings): ChatFrameworkProps['chat']['voiceInfo'] {
  if (voice?.voiceId === undefined) return undefined;
  const speaker = { voice_id: voice.voiceId, name: '' };
  return { isTextToVoiceEnable: true, voiceConfigMap: { en: speaker, zh: speaker } };
}

function announcement(group: ChatMessageGroup, strings: ChatStrings): string {
  const text = spokenText(answerText(group));
  return isBrokenOff(group) ? `${text} ${strings.answerBrokenOff}` : text;
}

/** For who moves from heading to heading; those of the answers are below it. */
function Title({ fallback }: { readonly fallback: string }): JSX.Element {
  const name = useChatInfoStore((store) => store.info?.name);
  return <h1 className="visually-hidden">{name || fallback}</h1>;
}

function StartFailure({ onFailed }: { readonly onFailed: FrameHost['onFailed'] }): null {
  const error = useChatInfoStore((store) => store.error);
  useEffect(() => {
    if (error !== null) onFailed(problemOfStart(error.code));
  }, [error]);
  return null;
}
