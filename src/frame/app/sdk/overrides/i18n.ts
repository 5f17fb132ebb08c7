/**
 * Replaces the SDK's texts with our strings. The SDK's texts mention personal access tokens and balances, which a visitor can neither
 * understand nor change. Built in place of the SDK's `libs/i18n` (build/sdk-source.ts), because its Markdown ignores `setting.i18n`. The
 * keys are the SDK's.
 */
import type { II18n, Language } from '@coze/chat-sdk';
import type { ReactNode } from 'react';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import { getStrings } from '../../../platform/taro/strings.js';
import { errorStringKey } from '../../errors/error-texts.js';

/** SDK key → ours; without the keys of parts that we replace. */
const keys: Readonly<Record<string, keyof ChatStrings>> = {
  noAnswer: 'answerMissing',
  sendFailed: 'sendFailed',
  chatInputPlaceholder: 'inputPlaceholder',
  retryBtn: 'retry',
  messageListLoading: 'loading',
  messageTypeUnSupport: 'messageUnsupported',
  copyFailed: 'copyFailed',
  clearContextFailed: 'clearContextFailed',
  clearMessageFailed: 'clearMessageFailed',
  playVoice: 'playVoice',
  permissionMkfTitle: 'microphoneTitle',
  permissionMkfDesc: 'microphoneHint',
  permissionMkfBtnIKnown: 'gotIt',
  audioInputPcText: 'holdToTalkDesktop',
  audioInputMobileText: 'holdToTalk',
  audioInputTooltipTouching: 'slideToCancel',
  audioInputTooltipCancel: 'releaseToCancel',
  audioInputTooltipSend: 'releaseToSend',
  audioInputErrorUnDetectContent: 'nothingHeard',
  audioInputErrorRecord: 'recordFailed',
  audioInputDisabledText: 'sending',
  unFocusInputText: 'holdToTalk',
  sendMessageUploadFailed: 'uploadFailed',
  sendMessageTranslationAudioFailed: 'nothingHeard',
  sendMessageTranslationAudioNone: 'nothingHeard',
  submit: 'submit',
  chatflowNodeInputPlaceholder: 'contentPlaceholder',
  taskMessageMyChoice: 'myChoice',
};

/** Strings into which the SDK inserts an element: a Retry link, a countdown. */
const sdkStrings = {
  chatInitRetry: (strings: ChatStrings, { retry }: SdkTextOptions): ReactNode => [strings.startFailed, ' ', retry],
  messageListRetry: (strings: ChatStrings, { retry }: SdkTextOptions): ReactNode => [strings.historyFailed, ' ', retry],
  audioInputTooltipTick: (strings: ChatStrings, { duration }: SdkTextOptions): ReactNode => around(strings.recordEndsIn, duration),
};

function around(text: string, duration: ReactNode): ReactNode {
  const [before, after] = text.split('{seconds}');
  return [before, duration, after];
}

interface SdkTextOptions {
  readonly retry?: ReactNode;
  readonly duration?: ReactNode;
}

/** Same shape as the SDK's class of this name. */
export class I18n implements II18n {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  /** The SDK declares `string` and returns React nodes for some keys itself (SDK `i18n/resource/special`). */
  readonly t = (key: string, options: SdkTextOptions = {}, fallback = ''): string =>
    translate(getStrings(), key, options, fallback) as string;
}

function translate(strings: ChatStrings, key: string, options: SdkTextOptions, fallback: string): ReactNode {
  const known = keys[key];
  if (known !== undefined) return strings[known];
  if (key in sdkStrings) return sdkStrings[key as keyof typeof sdkStrings](strings, options);
  const reason = errorStringKey(key.replace('miniChatError_', ''));
  if (reason !== undefined) return strings[reason];
  // The SDK's fallback is a message of any origin. If it is one of our strings, it says more than `errorTryAgain`.
  return Object.values(strings).includes(fallback) ? fallback : strings.errorTryAgain;
}
