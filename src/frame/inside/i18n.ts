/**
 * The SDK's texts in our words. Its own speak of personal access tokens and balances, which a visitor can neither understand nor
 * mend. Built in place of the SDK's `libs/i18n` (build/sdk-source.ts), because its Markdown does not ask `setting.i18n`; keys as there.
 */
import type { II18n, Language } from '@coze/chat-sdk';
import type { ReactNode } from 'react';
import type { ChatStrings } from '../../locales/en.js';
import { currentTexts } from '../taro/texts.js';

/** SDK key → ours. */
const keys: Readonly<Record<string, keyof ChatStrings>> = {
  noAnswer: 'answerMissing',
  chatFooterTip: 'poweredBy',
  sendFailed: 'sendFailed',
  chatInputPlaceholder: 'inputPlaceholder',
  retryBtn: 'retry',
  messageListLoading: 'loading',
  chooseImage: 'chooseImage',
  chooseCamera: 'chooseCamera',
  chooseImageError: 'chooseImageFailed',
  messageTypeUnSupport: 'messageUnsupported',
  defaultHeaderTitle: 'assistant',
  copyCode: 'copy',
  copyText: 'copy',
  copySuccess: 'copied',
  copyFailed: 'copyFailed',
  copyLinkSuccess: 'linkCopied',
  clearContextDivide: 'contextCleared',
  clearContextFailed: 'clearContextFailed',
  clearMessageFailed: 'clearMessageFailed',
  playVoice: 'playVoice',
  playVoiceFail: 'playVoiceFailed',
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

/** API error code (coze-api.md section C) → what a visitor can do about it. */
const errorKeys: Readonly<Record<string, keyof ChatStrings>> = {
  401: 'errorConnection',
  1001: 'nothingHeard',
  4006: 'errorUnavailable',
  4008: 'errorQuota',
  4009: 'errorBusy',
  4010: 'errorTooLong',
  4011: 'errorQuota',
  4013: 'errorBusy',
  4014: 'errorUnanswerable',
  4015: 'errorUnavailable',
  4016: 'errorStillAnswering',
  4019: 'errorQuota',
  4020: 'errorBusy',
  4022: 'errorQuota',
  4027: 'errorQuota',
  4028: 'errorQuota',
  4102: 'errorUnanswerable',
  4105: 'errorUnanswerable',
  4100: 'errorConnection',
  4101: 'errorConnection',
  700012006: 'errorConnection',
  4300: 'errorFile',
  4301: 'errorFile',
  4302: 'errorFileTooLarge',
  4303: 'errorFile',
  4304: 'errorFile',
  788788103: 'errorQuota',
};

/** Texts around something the SDK puts in: a Retry link, a countdown. */
const texts = {
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
    translate(currentTexts(), key, options, fallback) as string;
}

function translate(strings: ChatStrings, key: string, options: SdkTextOptions, fallback: string): ReactNode {
  const known = keys[key];
  if (known !== undefined) return strings[known];
  if (key in texts) return texts[key as keyof typeof texts](strings, options);
  const reason = errorKeys[key.replace('miniChatError_', '')];
  if (reason !== undefined) return strings[reason];
  // The SDK falls back to a message from anywhere; a text of ours says more than "something".
  return Object.values(strings).includes(fallback) ? fallback : strings.errorTryAgain;
}
