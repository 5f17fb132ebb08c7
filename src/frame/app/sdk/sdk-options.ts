/** Converts the page's options to those of the SDK. */
import { type ChatFrameworkProps, ChatType } from '@coze/chat-sdk';
import type { ChatOptions } from '../../../config/chat-options.js';
import type { ChatTarget } from '../../../config/chat-target.js';

type SdkChat = ChatFrameworkProps['chat'];
type SdkUi = NonNullable<ChatFrameworkProps['ui']>;

/** Returns what the SDK shows about the bot or app; it takes absent values from the API. `greet` adapts a greeting to the visitor. */
export function toSdkChat(
  assistant: ChatTarget,
  { assistant: shown = {}, voice, background, followUps }: ChatOptions,
  greet: (greeting: string) => string,
): SdkChat {
  const isBot = 'botId' in assistant;
  return {
    appId: isBot ? assistant.botId : assistant.appId,
    type: isBot ? ChatType.Bot : ChatType.App,
    name: shown.name,
    description: shown.description,
    icon_url: shown.icon,
    onboarding_info: {
      prologue: shown.welcome && greet(shown.welcome),
      suggested_questions: shown.suggestions && [...shown.suggestions],
      display_all_suggestions: shown.allSuggestions,
    },
    voiceInfo: toVoiceInfo(voice?.voiceId),
    bgInfo: background && toBackgroundInfo(background),
    suggestPromoteInfo: followUps && { suggestReplyMode: followUps.mode, customizedSuggestPrompt: followUps.prompt },
  } as SdkChat;
}

/** Returns the parts of the SDK's `ui` that depend on options. */
export function toSdkUi(options: ChatOptions): Pick<SdkUi, 'layout' | 'isReadonly' | 'frameworkClassName'> & {
  readonly chatSlot: NonNullable<SdkUi['chatSlot']>;
} {
  const { readOnly = false, input = {}, upload = true, clearContext = true, clearMessages = true, maxWidth } = options;
  return {
    layout: options.layout ?? 'pc',
    isReadonly: readOnly,
    frameworkClassName: toClasses(options),
    chatSlot: {
      base: { isFrameAutoFocus: false, ...(maxWidth === undefined ? {} : { maxWidth }) },
      clearContext: { isNeed: clearContext },
      clearMessage: { isNeed: clearMessages, position: 'inputLeft' },
      uploadBtn: { isNeed: upload },
      input: {
        isNeed: !readOnly && (input.shown ?? true),
        isNeedAudio: options.voice?.input ?? false,
        isNeedTaskMessage: input.tasks ?? false,
        placeholder: input.placeholder ?? '',
        defaultText: input.defaultText ?? '',
      },
    },
  };
}

/** Returns class names for frame.css. The SDK has no settings for these options. */
function toClasses({ readOnly = false, suggestions = true, senderNames = true, messageLayout = 'sides' }: ChatOptions): string {
  return `${messageLayout} ${suggestions && !readOnly ? '' : 'without-suggestions'} ${senderNames ? '' : 'without-names'}`;
}

/** The same voice for every language of the chat. */
function toVoiceInfo(voiceId: string | undefined): SdkChat['voiceInfo'] {
  if (voiceId === undefined) return undefined;
  const speaker = { voice_id: voiceId, name: '' };
  return { isTextToVoiceEnable: true, voiceConfigMap: { en: speaker, zh: speaker } };
}

function toBackgroundInfo({ image, color = '' }: NonNullable<ChatOptions['background']>): SdkChat['bgInfo'] {
  const picture = {
    imgUrl: image,
    themeColor: color,
    gradientPosition: { left: 0, right: 0 },
    canvasPosition: { width: 0, height: 0, left: 0, top: 0 },
  };
  return { pc: picture, mobile: picture };
}
