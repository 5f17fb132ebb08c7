/** A bot as Coze's console describes it. */
export interface BotProfile {
  readonly botId: string;
  readonly name: string;
  readonly description: string;
  readonly iconUrl: string;
  /** The chat client fills in `{{user_name}}`. */
  readonly prologue: string;
  readonly suggestedQuestions: readonly string[];
  /** Ids of shortcuts in `extras`. */
  readonly shortcutIds?: readonly string[];
  /** Voice, background, shortcuts as the bot's author has set them, by their names on the wire. */
  readonly extras?: Readonly<Record<string, unknown>>;
}

/** The bots and apps in Coze's console. Ids are fixed, so that a configuration stays valid when the stand-in restarts. */
export interface Catalogue {
  readonly bot: BotProfile;
  readonly secondBot: BotProfile;
  /** The first bot as a Chinese site would have it: a bot has one name and one greeting for all visitors. */
  readonly chineseBot: BotProfile;
  readonly unpublishedBotId: string;
  readonly appId: string;
  /** A workflow that presents itself as `bot`. */
  readonly workflowId: string;
}

/** One shortcut that sends a question, one with fields that are passed to a workflow. */
const SHORTCUTS = [
  { id: '7451', name: 'Opening hours', command: '/hours', description: '', query_template: 'When are you open?', components: [] },
  {
    id: '7452',
    name: 'Weather <b>…',
    command: '/weather',
    description: 'How the weather will be',
    query_template: 'How is the weather in {{city}} {{when}}?',
    tool: { name: 'weather', type: 'workflow' },
    components: [
      { name: 'city', description: 'A city', type: 'text', tool_parameter: 'city', default_value: '', is_hide: false },
      { name: 'when', description: '', type: 'select', options: ['today', 'tomorrow'], default_value: 'today', is_hide: false },
      { name: 'unit', description: '', type: 'text', default_value: 'celsius', is_hide: true },
    ],
  },
];

export function createCatalogue(origin: string): Catalogue {
  return {
    bot: {
      botId: '7512345678901234567',
      name: 'Parrot',
      description: 'A demo bot that repeats what you say and remembers it for you alone.',
      iconUrl: `${origin}/assets/parrot.svg`,
      prologue:
        'Hello {{user_name}}! I repeat what you say, I show what a chat can show, and I remember this conversation. Nobody else can see it.',
      suggestedQuestions: ['What can you do?', 'Show me a table', 'What did I say?'],
    },
    secondBot: {
      botId: '7512345678901234777',
      name: 'Magpie',
      description: 'A second demo bot, with conversations of its own.',
      iconUrl: `${origin}/assets/magpie.svg`,
      prologue: 'Hello {{user_name}}! I am another bot. What you told the parrot I do not know.',
      suggestedQuestions: ['What can you do?', 'What did I say?'],
      shortcutIds: SHORTCUTS.map(({ id }) => id),
      extras: {
        voice_info_list: [{ voice_id: '7468518753626652709', language_code: 'en' }],
        background_image_info: { web_background_image: { image_url: `${origin}/assets/hills.svg`, theme_color: '#102030' } },
        shortcut_commands: SHORTCUTS,
      },
    },
    chineseBot: {
      botId: '7512345678901234888',
      name: '鹦鹉',
      description: '一个演示用的智能体：重复你说的话，并且只为你记住它们。',
      iconUrl: `${origin}/assets/parrot.svg`,
      prologue: '{{user_name}}，你好！你说什么，我就重复什么；聊天里能展示的，我都能给你看。这个会话我会记得，别人都看不到。',
      suggestedQuestions: ['你会什么？', '给我看一个表格', '我说过什么？'],
    },
    unpublishedBotId: '7512345678901234999',
    appId: '7523456789012345678',
    workflowId: '7534567890123456789',
  };
}

/** Epoch seconds at which the bot was "made" and last published. */
const MADE_AT_SECONDS = 1_715_689_059;
const PUBLISHED_AT_SECONDS = 1_716_388_526;

export function botToWire(profile: BotProfile): Readonly<Record<string, unknown>> {
  return {
    bot_id: profile.botId,
    name: profile.name,
    description: profile.description,
    icon_url: profile.iconUrl,
    create_time: MADE_AT_SECONDS,
    update_time: PUBLISHED_AT_SECONDS,
    version: '1716388526000',
    prompt_info: { prompt: 'Repeat what the user says.' },
    onboarding_info: {
      prologue: profile.prologue,
      suggested_questions: profile.suggestedQuestions,
      display_all_suggestions: true,
    },
    bot_mode: 0,
    model_info: { model_id: '1706077826', model_name: 'Demo model' },
    plugin_info_list: [],
    workflow_info_list: [],
    shortcut_commands: [],
    ...profile.extras,
  };
}
