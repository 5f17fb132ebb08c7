/** The ChatSDK as a React tree, wired to the page. */
import { ChatFramework, ChatSlot, ChatType, Language, useChatInfoStore, useInitSuccess, type ChatFrameworkProps } from '@coze/chat-sdk';
import { type JSX, useEffect, useMemo } from 'react';
import type { FrameHost, FrameSettings } from '../contract.js';
import { isBrokenAnswer } from './broken-answer.js';
import { BrokenAnswerNotice } from './broken-answer-notice.js';
import { I18n, stringsOf } from './i18n.js';
import { answerText, IsolatedChatService } from './isolated-chat-service.js';
import { problemOfStart } from './problem.js';

export interface ChatProps {
  readonly settings: FrameSettings;
  readonly host: FrameHost;
  /** Valid now; the SDK refuses to start without one. */
  readonly token: string;
  /** Where the SDK's pictures are served from. */
  readonly assetsUrl: string;
}

export function Chat(props: ChatProps): JSX.Element {
  // The SDK reads its props once, at mount.
  const sdkProps = useMemo(() => sdkPropsOf(props), []);
  return (
    <ChatFramework {...sdkProps}>
      <ChatSlot />
      <ReadySignal onReady={props.host.onReady} />
    </ChatFramework>
  );
}

function sdkPropsOf({ settings, host, token, assetsUrl }: ChatProps): ChatFrameworkProps {
  const strings = stringsOf(settings.locale);
  return {
    chat: { appId: settings.botId, type: ChatType.Bot },
    auth: { token, connectorId: settings.connectorId, onRefreshToken: (refused = '') => host.replaceToken(refused) },
    user: settings.user,
    setting: {
      apiBaseUrl: settings.apiBaseUrl,
      cdnBaseUrlPath: assetsUrl,
      i18n: new I18n(settings.locale),
      language: settings.locale === 'zh-CN' ? Language.ZH_CN : Language.EN,
      logLevel: 'release',
      onGetCustomChatService: (service) => new IsolatedChatService(service, host),
    },
    ui: {
      header: { isNeed: false },
      chatSlot: {
        base: { isFrameAutoFocus: false },
        clearMessage: { position: 'inputLeft' },
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
          const text = answerText(group);
          if (text !== '') host.onMessage({ role: 'assistant', text, id: group.respMessages[0]?.id ?? '' });
        },
      },
    },
  };
}

function ReadySignal({ onReady }: { readonly onReady: () => void }): null {
  const isReady = useInitSuccess();
  useEffect(() => {
    if (isReady) onReady();
  }, [isReady]);
  return null;
}

function StartFailure({ onFailed }: { readonly onFailed: FrameHost['onFailed'] }): null {
  const error = useChatInfoStore((store) => store.error);
  useEffect(() => {
    if (error !== null) onFailed(problemOfStart(error.code));
  }, [error]);
  return null;
}
