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
  /** The title bar above the chat. A panel that fills a phone's screen keeps it: there is no other way out. */
  readonly header?: HeaderOptions;
  /**
   * The SDK's arrangement: `pc`, or `mobile` for narrow boxes.
   *
   * @default 'pc'
   */
  readonly layout?: 'pc' | 'mobile';
  /**
   * Where messages stand: the visitor's at the end side in the accent colour and the bot's at the start side (`sides`), or all of them in one
   * column, with a picture and a name each (`column`).
   *
   * @default 'sides'
   */
  readonly messageLayout?: 'sides' | 'column';
  /** Width of the column of messages, in CSS pixels; 300 at least. As wide as there is room unless given. */
  readonly maxWidth?: number;
  /**
   * Nothing can be written, sent or chosen; `sendMessage()` and `clearConversation()` reject.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /** The text field and all beside it. */
  readonly input?: InputOptions;
  /**
   * Files can be added: by a button, pasted or dropped, six to a message.
   *
   * @default true
   */
  readonly upload?: boolean;
  /** Speech in place of writing and reading. Nothing is spoken without it. */
  readonly voice?: VoiceOptions;
  /**
   * The button that begins a new topic in the same conversation.
   *
   * @default true
   */
  readonly clearContext?: boolean;
  /**
   * The button that begins a new conversation.
   *
   * @default true
   */
  readonly clearMessages?: boolean;
  /**
   * The button in the header that lists the visitor's conversations: to open, begin, name and delete them. Needs the OAuth app's permissions
   * `listConversation`, `createConversation` and `editConversation`. Coze has no list for apps.
   *
   * @default false
   */
  readonly conversations?: boolean;
  /**
   * What visitors may do with their own data: download the conversation, as text or JSON, and delete all their conversations. In the list of
   * `conversations`, or behind a button of its own in the header. Needs the OAuth app's permissions `listMessage`, `listConversation`,
   * `createConversation` and `editConversation`.
   *
   * @default false
   */
  readonly ownData?: boolean;
  /**
   * Questions to choose from, the bot's first ones and those after an answer.
   *
   * @default true
   */
  readonly suggestions?: boolean;
  /**
   * The names above the messages: the bot's, and the visitor's where all of them stand in one column.
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
  /** Shown instead of what the bot's author has written. */
  readonly assistant?: AssistantOptions;
  /**
   * What a bot does on the way to an answer: what it thinks, which tools it uses, what it looks up. A line each that unfolds (`folded`), unfolded
   * (`open`), or nothing (`hidden`).
   *
   * @default 'folded'
   */
  readonly process?: 'hidden' | 'folded' | 'open';
  /** What visitors may say of an answer. Needs the permission `feedback` of the OAuth app. */
  readonly feedback?: FeedbackOptions;
  /** Says below the chat that answers are made by AI. */
  readonly aiLabel?: AiLabelOptions;
  /** The line below the chat. */
  readonly footer?: FooterOptions;
  /** Behind the messages, instead of the bot's own. */
  readonly background?: BackgroundOptions;
  /**
   * Hosts whose pictures load by themselves, beside those of the attribute `picture-hosts`, and written like them.
   *
   * @example
   * ['images.example.com', '*.example.org']
   */
  readonly pictureHosts?: readonly string[];
  /** How a Coze app makes up questions to choose from after an answer, instead of as its author has set it. */
  readonly followUps?: FollowUpOptions;
  /**
   * Of a Coze app: conversations of other names are other conversations.
   *
   * @default 'Default'
   */
  readonly conversationName?: string;
  /**
   * Values for the start of the chat workflow, of an app or behind a bot: an object of anything that JSON has.
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
   * Such as `latitude` and `longitude`, for plugins of the bot that ask for them.
   *
   * @example
   * { latitude: '52.52', longitude: '13.40' }
   */
  readonly extraParameters?: Readonly<Record<string, string>>;
  /**
   * Kept by Coze with each of the bot's chats.
   *
   * @example
   * { source: 'pricing page' }
   */
  readonly metaData?: Readonly<Record<string, string>>;
  /**
   * Headers that go with each request to the Coze API, which must allow them by CORS. Never `authorization`, nor what browser or API client say
   * themselves.
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
   * What an empty field says; a sentence in the visitor's language unless given.
   *
   * @example
   * 'Ask us anything'
   */
  readonly placeholder?: string;
  /** In the field from the start. Read when the chat is built. */
  readonly defaultText?: string;
  /**
   * What is ticked in an answer's lists goes into the field and can be sent from it.
   *
   * @default false
   */
  readonly tasks?: boolean;
}

/** See {@link ChatOptions.voice}. */
export interface VoiceOptions {
  /**
   * Whether visitors may speak their questions.
   *
   * @default false
   */
  readonly input?: boolean;
  /** Coze's id of the voice that reads answers aloud, instead of the one that the bot's author has chosen; without either they are not. */
  readonly voiceId?: string;
}

/** See {@link ChatOptions.assistant}. What is absent is as the bot's author has it. */
export interface AssistantOptions {
  /** Its name, above its messages. */
  readonly name?: string;
  /** What it is for, in an empty conversation. */
  readonly description?: string;
  /** URL of its picture, `http(s)` or relative. */
  readonly icon?: string;
  /**
   * Greets an empty conversation; `{{user_name}}` becomes the visitor's name.
   *
   * @example
   * 'Hello {{user_name}}, what can we do for you?'
   */
  readonly welcome?: string;
  /**
   * The first questions to choose from. Three are shown, unless `allSuggestions`.
   *
   * @example
   * ['Where is my order?', 'How do I return something?']
   */
  readonly suggestions?: readonly string[];
  /** Whether all of them are shown. */
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
  /** What a visitor is asked who has chosen "Bad answer"; a sentence in their language unless given. */
  readonly title?: string;
  /** What the empty text below it says. */
  readonly placeholder?: string;
  /**
   * What may be wrong with an answer, to choose from: `{ text: 'Not true' }`, with `needsComment: true` if the visitor has to write more. Ten
   * at most, of 30 characters at most each.
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
   * What it says; a sentence in the visitor's language unless given.
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
   * What it says; `{{name}}` becomes the link of that name.
   *
   * @example
   * 'Answers may be wrong. {{terms}}'
   */
  readonly text?: string;
  /**
   * The links, each by the name that `text` has for it: `{ name: { text, url } }`. URLs: `https`, `http`, `mailto`.
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
   * CSS colour around it.
   *
   * @example
   * '#f4f0e8'
   */
  readonly color?: string;
}

/** See {@link ChatOptions.followUps}. What is absent is as the app's author has it. */
export interface FollowUpOptions {
  /** Coze's number of how they are made: `suggest_reply_mode` of the workflow API, a whole number. */
  readonly mode?: number;
  /** What the model is told about them. */
  readonly prompt?: string;
}

/** URLs of the pictures that the options name. */
export function namedPictures({ assistant, background }: ChatOptions): readonly string[] {
  return [assistant?.icon, background?.image].filter((url) => url !== undefined);
}
