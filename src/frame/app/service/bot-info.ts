/** What a bot's author has set, as the SDK reads it: https://www.coze.cn/open/docs/developer_guides/get_metadata_draft_published */
import type { IChatService } from '@coze/chat-sdk';

type ChatInfo = Awaited<ReturnType<IChatService['getAppInfo']>>;

interface BackgroundPicture {
  readonly image_url?: string;
  readonly theme_color?: string;
  readonly gradient_position?: object;
  readonly canvas_position?: object;
}

export interface BackgroundPictures {
  readonly web_background_image?: BackgroundPicture | null;
  readonly mobile_background_image?: BackgroundPicture | null;
}

/** A shortcut of the bot, as the API has it. */
export interface Shortcut {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly query_template?: string;
  readonly tool?: { readonly type?: string } | null;
  readonly components?: readonly ShortcutField[] | null;
}

export interface ShortcutField {
  readonly name: string;
  readonly description?: string;
  readonly type?: 'text' | 'select' | 'file' | (string & {});
  readonly default_value?: string;
  readonly is_hide?: boolean;
  readonly options?: readonly string[] | null;
}

/** Any of it may be absent or `null`; the greeting is spelt in capitals by some of the API's documents. */
interface BotData {
  readonly name?: string;
  readonly description?: string;
  readonly icon_url?: string;
  readonly onboarding_info?: Readonly<Record<string, unknown>> | null;
  readonly background_image_info?: BackgroundPictures | null;
  readonly voice_info_list?: readonly { readonly voice_id?: string; readonly language_code?: string }[] | null;
  readonly default_user_input_type?: string;
  readonly shortcut_commands?: readonly Shortcut[] | null;
}

/** With what the SDK has no place for. */
export interface BotInfo extends Partial<ChatInfo> {
  readonly shortcuts: readonly Shortcut[];
}

/** Of the SDK's input modes. */
const VOICE_INPUT = 2;
/** Of the API: all suggestions are shown. */
const SHOW_ALL = 1;

export function toBotInfo(bot: BotData): BotInfo {
  const onboarding = bot.onboarding_info ?? {};
  const read = (name: string, capitals: string): unknown => onboarding[name] ?? onboarding[capitals];
  const voices = (bot.voice_info_list ?? []).filter(({ voice_id: id }) => typeof id === 'string' && id !== '');
  return {
    ...(bot.name !== undefined && { name: bot.name }),
    ...(bot.description !== undefined && { description: bot.description }),
    ...(bot.icon_url !== undefined && { icon_url: bot.icon_url }),
    onboarding_info: {
      prologue: read('prologue', 'Prologue'),
      suggested_questions: read('suggested_questions', 'SuggestedQuestions') ?? [],
      display_all_suggestions:
        read('display_all_suggestions', '') ?? read('suggested_questions_show_mode', 'SuggestedQuestionsShowMode') === SHOW_ALL,
    } as NonNullable<ChatInfo['onboarding_info']>,
    ...toBackgrounds(bot.background_image_info),
    ...(voices.length > 0 && { voiceInfo: toVoiceInfo(voices) as NonNullable<ChatInfo['voiceInfo']> }),
    ...(bot.default_user_input_type === 'voice' && { inputMode: { default: VOICE_INPUT } }),
    shortcuts: (bot.shortcut_commands ?? []).filter(({ id, name }) => Boolean(id) && Boolean(name)),
  };
}

/** The SDK shows none unless there is one for wide and one for narrow chats. */
export function toBackgrounds(pictures: BackgroundPictures | null | undefined): { readonly bgInfo?: NonNullable<ChatInfo['bgInfo']> } {
  const wide = toBackground(pictures?.web_background_image);
  const narrow = toBackground(pictures?.mobile_background_image);
  if (wide === undefined && narrow === undefined) return {};
  return { bgInfo: { pc: wide ?? narrow, mobile: narrow ?? wide } as NonNullable<ChatInfo['bgInfo']> };
}

function toBackground(picture: BackgroundPicture | null | undefined): object | undefined {
  if (!picture?.image_url) return undefined;
  return {
    imgUrl: picture.image_url,
    themeColor: picture.theme_color ?? '',
    gradientPosition: { left: 0, right: 0, ...picture.gradient_position },
    canvasPosition: { width: 0, height: 0, left: 0, top: 0, ...picture.canvas_position },
  };
}

/** The SDK knows two languages; a bot may have a voice for each, or one for all. */
function toVoiceInfo(voices: readonly { readonly voice_id?: string; readonly language_code?: string }[]): object {
  const find = (language: string): object => {
    const voice = voices.find(({ language_code: code = '' }) => code.toLowerCase().startsWith(language)) ?? voices[0];
    return { voice_id: voice?.voice_id ?? '', name: '' };
  };
  return { isTextToVoiceEnable: true, voiceConfigMap: { en: find('en'), zh: find('zh') } };
}
