/** Maps a bot's settings to the form that the SDK reads: https://www.coze.cn/open/docs/developer_guides/get_metadata_draft_published */
import type { IChatService } from '@coze/chat-sdk';
import { asList, asObject, asText } from '../../../core/values/foreign-value.js';

type ChatInfo = Awaited<ReturnType<IChatService['getAppInfo']>>;

interface Voice {
  readonly id: string;
  readonly language: string;
}

/** Settings of a bot in the SDK's form, plus `shortcuts`, which the SDK does not have. */
export interface BotInfo extends Partial<ChatInfo> {
  /** As the API sends them; the component that shows the shortcuts parses them. */
  readonly shortcuts: readonly unknown[];
}

/** The SDK's input mode for voice. */
const VOICE_INPUT = 2;
/** Value of the API's `suggested_questions_show_mode` that shows all questions. */
const SHOW_ALL = 1;

/** Converts the API's `data` about a bot, in which any field may be missing or of another type. */
export function toBotInfo(data: unknown): BotInfo {
  const bot = asObject(data);
  const voices = asList(bot['voice_info_list'])
    .map(toVoice)
    .filter(({ id }) => id !== '');
  return {
    ...(bot['name'] !== undefined && { name: asText(bot['name']) }),
    ...(bot['description'] !== undefined && { description: asText(bot['description']) }),
    ...(bot['icon_url'] !== undefined && { icon_url: asText(bot['icon_url']) }),
    onboarding_info: toOnboarding(bot['onboarding_info']),
    ...toBackgrounds(bot['background_image_info']),
    ...(voices.length > 0 && { voiceInfo: toVoiceInfo(voices) as NonNullable<ChatInfo['voiceInfo']> }),
    ...(bot['default_user_input_type'] === 'voice' && { inputMode: { default: VOICE_INPUT } }),
    shortcuts: asList(bot['shortcut_commands']),
  };
}

/** Converts the API's `onboarding_info`. Some documents of the API capitalise its field names. */
export function toOnboarding(value: unknown): NonNullable<ChatInfo['onboarding_info']> {
  const onboarding = asObject(value);
  const read = (name: string, capitals: string): unknown => onboarding[name] ?? onboarding[capitals];
  return {
    prologue: asText(read('prologue', 'Prologue')),
    suggested_questions: asList(read('suggested_questions', 'SuggestedQuestions')).filter((question) => typeof question === 'string'),
    display_all_suggestions:
      read('display_all_suggestions', '') ?? read('suggested_questions_show_mode', 'SuggestedQuestionsShowMode') === SHOW_ALL,
  } as NonNullable<ChatInfo['onboarding_info']>;
}

/**
 * Converts the API's background pictures. The SDK shows a background only if there is one for wide and one for narrow chats, so a single
 * picture is used for both.
 */
export function toBackgrounds(pictures: unknown): { readonly bgInfo?: NonNullable<ChatInfo['bgInfo']> } {
  const wide = toBackground(asObject(pictures)['web_background_image']);
  const narrow = toBackground(asObject(pictures)['mobile_background_image']);
  if (wide === undefined && narrow === undefined) return {};
  return { bgInfo: { pc: wide ?? narrow, mobile: narrow ?? wide } as NonNullable<ChatInfo['bgInfo']> };
}

function toBackground(value: unknown): object | undefined {
  const picture = asObject(value);
  const imgUrl = asText(picture['image_url']);
  if (imgUrl === '') return undefined;
  return {
    imgUrl,
    themeColor: asText(picture['theme_color']),
    gradientPosition: { left: 0, right: 0, ...asObject(picture['gradient_position']) },
    canvasPosition: { width: 0, height: 0, left: 0, top: 0, ...asObject(picture['canvas_position']) },
  };
}

function toVoice(value: unknown): Voice {
  const { voice_id: id, language_code: language } = asObject(value);
  return { id: asText(id), language: asText(language).toLowerCase() };
}

/** Selects a voice for each of the SDK's two languages. A bot may have a voice for each language, or one for all. */
function toVoiceInfo(voices: readonly Voice[]): object {
  const find = (language: string): object => {
    const voice = voices.find((one) => one.language.startsWith(language)) ?? voices[0];
    return { voice_id: voice?.id ?? '', name: '' };
  };
  return { isTextToVoiceEnable: true, voiceConfigMap: { en: find('en'), zh: find('zh') } };
}
