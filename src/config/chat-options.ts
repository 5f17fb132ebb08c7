/**
 * What a page may set of the chat inside the panel: the switches of Coze's Chat SDK and of its `WebChatClient`, in one shape. Plain values
 * only; what happens in the chat is told by events. The documentation (guide/migration) has the table from their names to these.
 */

/** Anything that survives `JSON.stringify`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What the chat inside the panel has and shows. A live chat takes a change as it is; only `conversationName` and `requestHeaders` are read
 * once: with another one the chat is built anew.
 *
 * @example
 * document.querySelector('coze-chat').chatOptions = {
 *   upload: false,
 *   input: { placeholder: 'Ask us anything' },
 *   footer: { text: 'Answers may be wrong. {{terms}}', links: { terms: { text: 'Terms', url: '/terms' } } },
 * };
 */
export interface ChatOptions {
  /** The title bar above the chat. A panel that fills the screen of a phone always has it, because nothing else can close the panel. */
  readonly header?: HeaderOptions;
  /**
   * The SDK's layout: `pc`, or `mobile` for narrow boxes.
   *
   * @default 'pc'
   */
  readonly layout?: 'pc' | 'mobile';
  /**
   * Layout of the messages: `sides` shows the visitor's at the end side in the accent colour and the bot's at the start side; `column` shows all in
   * one column, each with a picture and a name.
   *
   * @default 'sides'
   */
  readonly messageLayout?: 'sides' | 'column';
  /** Width of the column of messages, in CSS pixels, at least 300. The default is the available width. */
  readonly maxWidth?: number;
  /**
   * Visitors cannot write, send or choose anything; `sendMessage()` and `clearConversation()` reject.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /** The text field and the buttons beside it. */
  readonly input?: InputOptions;
  /**
   * Visitors can add files with a button, by paste or by drop, up to six in a message.
   *
   * @default true
   */
  readonly upload?: boolean;
  /** Speech instead of writing and reading. Without this option nothing is spoken. */
  readonly voice?: VoiceOptions;
  /**
   * The button that starts a new topic in the same conversation.
   *
   * @default true
   */
  readonly clearContext?: boolean;
  /**
   * The button that starts a new conversation.
   *
   * @default true
   */
  readonly clearMessages?: boolean;
  /**
   * The button in the header that opens the list of the visitor's conversations: open, start, rename and delete them. Needs the OAuth app's
   * permissions `listConversation`, `createConversation` and `editConversation`. Coze has no list for apps.
   *
   * @default false
   */
  readonly conversations?: boolean;
  /**
   * What visitors can do with their own data: download the conversation as text or JSON, and delete all their conversations. In the list of
   * `conversations`, or behind a separate button in the header. Needs the OAuth app's permissions `listMessage`, `listConversation`,
   * `createConversation` and `editConversation`.
   *
   * @default false
   */
  readonly ownData?: boolean;
  /**
   * Suggested questions: the bot's first ones and those after an answer.
   *
   * @default true
   */
  readonly suggestions?: boolean;
  /**
   * The names above the messages: the bot's, and the visitor's if all messages are in one column.
   *
   * @default true
   */
  readonly senderNames?: boolean;
  /**
   * The bot's shortcuts, above the text field.
   *
   * @default true
   */
  readonly shortcuts?: boolean;
  /** Shown instead of what the bot's author has set. */
  readonly assistant?: AssistantOptions;
  /**
   * What a bot does before it answers: its reasoning, the tools it uses, the knowledge it looks up. One line each, `folded`, unfolded (`open`), or
   * not shown (`hidden`).
   *
   * @default 'folded'
   */
  readonly process?: 'hidden' | 'folded' | 'open';
  /** Feedback on answers. Needs the OAuth app's permission `feedback`. */
  readonly feedback?: FeedbackOptions;
  /** The label below the chat that answers are made by AI. */
  readonly aiLabel?: AiLabelOptions;
  /** The line below the chat. */
  readonly footer?: FooterOptions;
  /** The background behind the messages, instead of the bot's own. */
  readonly background?: BackgroundOptions;
  /**
   * Hosts whose pictures load automatically, in addition to those of the attribute `picture-hosts`, in the same format.
   *
   * @example
   * ['images.example.com', '*.example.org']
   */
  readonly pictureHosts?: readonly string[];
  /** How a Coze app suggests questions after an answer, instead of what its author has set. */
  readonly followUps?: FollowUpOptions;
  /**
   * Name of the conversation of a Coze app. Each name has its own conversations.
   *
   * @default 'Default'
   */
  readonly conversationName?: string;
  /**
   * Parameters for the start of the chat workflow, of an app or behind a bot: an object of JSON values.
   *
   * @example
   * { plan: 'premium', cart: [{ sku: 'A-17', count: 2 }] }
   */
  readonly parameters?: JsonObject;
  /**
   * Values for the bot's variables, by name.
   *
   * @example
   * { customer_tier: 'gold' }
   */
  readonly customVariables?: Readonly<Record<string, string>>;
  /**
   * For example `latitude` and `longitude`, for plugins of the bot that need them.
   *
   * @example
   * { latitude: '52.52', longitude: '13.40' }
   */
  readonly extraParameters?: Readonly<Record<string, string>>;
  /**
   * Metadata that Coze stores with each of the bot's chats.
   *
   * @example
   * { source: 'pricing page' }
   */
  readonly metaData?: Readonly<Record<string, string>>;
  /**
   * Headers that are sent with each request to the Coze API, which must allow them by CORS. `authorization` and the headers of the browser and the
   * API client are not allowed.
   *
   * @example
   * { 'x-tt-env': 'staging' }
   */
  readonly requestHeaders?: Readonly<Record<string, string>>;
}

/** See {@link ChatOptions.header}. */
export interface HeaderOptions {
  /**
   * Whether it is shown.
   *
   * @default true
   */
  readonly shown?: boolean;
  /**
   * The button that closes a bubble's panel.
   *
   * @default true
   */
  readonly closeButton?: boolean;
}

/** See {@link ChatOptions.input}. */
export interface InputOptions {
  /**
   * Whether it is shown.
   *
   * @default true
   */
  readonly shown?: boolean;
  /**
   * Placeholder of the empty field. The default is a sentence in the visitor's language.
   *
   * @example
   * 'Ask us anything'
   */
  readonly placeholder?: string;
  /** Initial text of the field. Read when the chat is built. */
  readonly defaultText?: string;
  /**
   * What the visitor ticks in a task list of an answer goes into the field, and they can send it.
   *
   * @default false
   */
  readonly tasks?: boolean;
}

/** See {@link ChatOptions.voice}. */
export interface VoiceOptions {
  /**
   * Whether visitors can speak their questions.
   *
   * @default false
   */
  readonly input?: boolean;
  /**
   * Coze's id of the voice that reads answers aloud, instead of the voice that the bot's author has chosen. Without either, answers are not read
   * aloud.
   */
  readonly voiceId?: string;
}

/** See {@link ChatOptions.assistant}. What is absent is as the bot's author has it. */
export interface AssistantOptions {
  /** Name of the bot, above its messages. */
  readonly name?: string;
  /** Description of the bot, in an empty conversation. */
  readonly description?: string;
  /** URL of the bot's picture, `http(s)` or relative. */
  readonly icon?: string;
  /**
   * Greeting in an empty conversation. `{{user_name}}` is replaced by the visitor's name.
   *
   * @example
   * 'Hello {{user_name}}, what can we do for you?'
   */
  readonly welcome?: string;
  /**
   * The first suggested questions. Three are shown, unless `allSuggestions` is set.
   *
   * @example
   * ['Where is my order?', 'How do I return something?']
   */
  readonly suggestions?: readonly string[];
  /** Whether all first suggestions are shown. */
  readonly allSuggestions?: boolean;
}

/** See {@link ChatOptions.feedback}. */
export interface FeedbackOptions {
  /**
   * Whether answers have the buttons "Good answer" and "Bad answer".
   *
   * @default false
   */
  readonly shown?: boolean;
  /** The question after "Bad answer". The default is a sentence in the visitor's language. */
  readonly title?: string;
  /** Placeholder of the text field below the question. */
  readonly placeholder?: string;
  /**
   * Reasons to choose from after "Bad answer": `{ text: 'Not true' }`, with `needsComment: true` if the visitor has to write a comment. At most ten,
   * of at most 30 characters each.
   *
   * @example
   * [{ text: 'Not true' }, { text: 'Something else', needsComment: true }]
   */
  readonly reasons?: readonly FeedbackReason[];
}

/** See {@link FeedbackOptions.reasons}. */
export interface FeedbackReason {
  /** What the visitor reads, and Coze is sent. */
  readonly text: string;
  /** Whether it needs the visitor's own words, too. */
  readonly needsComment?: boolean;
}

/** See {@link ChatOptions.aiLabel}. Laws ask for such a label in many places: without it your page has to say so itself. */
export interface AiLabelOptions {
  /**
   * Whether it is shown.
   *
   * @default true
   */
  readonly shown?: boolean;
  /**
   * Text of the label. The default is a sentence in the visitor's language.
   *
   * @example
   * 'You are talking to a machine'
   */
  readonly text?: string;
}

/** See {@link ChatOptions.footer}. */
export interface FooterOptions {
  /**
   * Whether it is shown.
   *
   * @default true
   */
  readonly shown?: boolean;
  /**
   * Text of the line. `{{name}}` is replaced by the link of that name.
   *
   * @example
   * 'Answers may be wrong. {{terms}}'
   */
  readonly text?: string;
  /**
   * The links, by the names that `text` uses: `{ name: { text, url } }`. URLs: `https`, `http`, `mailto`.
   *
   * @example
   * { terms: { text: 'Terms', url: '/terms' } }
   */
  readonly links?: Readonly<Record<string, FooterLink>>;
}

/** See {@link FooterOptions.links}. */
export interface FooterLink {
  /** What the visitor reads. */
  readonly text: string;
  /** Where it leads: `https:`, `http:` or `mailto:`, absolute or relative to the page. */
  readonly url: string;
}

/** See {@link ChatOptions.background}. */
export interface BackgroundOptions {
  /** URL of a picture, `http(s)` or relative. */
  readonly image: string;
  /**
   * CSS colour around the picture.
   *
   * @example
   * '#f4f0e8'
   */
  readonly color?: string;
}

/** See {@link ChatOptions.followUps}. What is absent is as the app's author has it. */
export interface FollowUpOptions {
  /** Coze's number of the way the suggestions are made: `suggest_reply_mode` of the workflow API, an integer. */
  readonly mode?: number;
  /** The prompt for the suggestions. */
  readonly prompt?: string;
}

/** URLs of the pictures that the options name. */
export function namedPictures({ assistant, background }: ChatOptions): readonly string[] {
  return [assistant?.icon, background?.image].filter((url) => url !== undefined);
}
