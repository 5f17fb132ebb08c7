/**
 * What a page may set of the chat inside the panel: the switches of Coze's Chat SDK and of its `WebChatClient`, in one shape. Plain values
 * only; what happens in the chat is told by events. README.md has the table from their names to these.
 */

/** Anything that survives `JSON.stringify`. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface ChatOptions {
  /** The title bar above the chat. */
  readonly header?: HeaderOptions;
  /** The SDK's arrangement: `pc` (default) or, for narrow boxes, `mobile`. */
  readonly layout?: 'pc' | 'mobile';
  /** Of the column of messages, in CSS pixels; 300 at least. */
  readonly maxWidth?: number;
  /** Nothing can be written, sent or chosen; `sendMessage()` and `clearConversation()` reject. `false`. */
  readonly readOnly?: boolean;
  readonly input?: InputOptions;
  /** The button that adds files; `true`. */
  readonly upload?: boolean;
  /** Nothing is spoken without it. */
  readonly voice?: VoiceOptions;
  /** The button that begins a new topic in the same conversation; `true`. */
  readonly clearContext?: boolean;
  /** The button that begins a new conversation; `true`. */
  readonly clearMessages?: boolean;
  /** Questions to choose from, the bot's first ones and those after an answer; `true`. */
  readonly suggestions?: boolean;
  /** Names above the messages, the visitor's and the bot's; `true`. */
  readonly senderNames?: boolean;
  /** Shown instead of what the bot's author has written. */
  readonly assistant?: AssistantOptions;
  /** The line below the chat. */
  readonly footer?: FooterOptions;
  /** Behind the messages, instead of the bot's own. */
  readonly background?: BackgroundOptions;
  /** How a Coze app makes up questions to choose from after an answer. */
  readonly followUps?: FollowUpOptions;
  /** Of a Coze app: conversations of other names are other conversations. `Default`. */
  readonly conversationName?: string;
  /** Values for the start of the chat workflow, of an app or behind a bot. */
  readonly parameters?: JsonObject;
  /** Values for the bot's variables, by name. */
  readonly customVariables?: Readonly<Record<string, string>>;
  /** Such as `latitude` and `longitude`, for plugins of the bot that ask for them. */
  readonly extraParameters?: Readonly<Record<string, string>>;
  /** Kept with each of the bot's chats. */
  readonly metaData?: Readonly<Record<string, string>>;
  /** With each request to the Coze API, which must allow them by CORS. Never `authorization`, nor others that are not a page's to set. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
}

export interface HeaderOptions {
  /** `true`. A panel that fills a phone's screen keeps it: it has the way out. */
  readonly shown?: boolean;
  /** The button that closes a bubble's panel; `true`. */
  readonly closeButton?: boolean;
}

export interface InputOptions {
  /** The text field and all beside it; `true`. */
  readonly shown?: boolean;
  readonly placeholder?: string;
  /** In the field from the start. Read when the chat is built. */
  readonly defaultText?: string;
  /** Choices in an answer go into the field; `false`. */
  readonly tasks?: boolean;
}

export interface VoiceOptions {
  /** Whether visitors may speak their questions. */
  readonly input?: boolean;
  /** Coze's id of the voice that reads answers aloud; without one they are not. */
  readonly voiceId?: string;
}

export interface AssistantOptions {
  readonly name?: string;
  readonly description?: string;
  /** URL of a picture. */
  readonly icon?: string;
  /** Greets an empty conversation; `{{user_name}}` becomes the visitor's name. */
  readonly welcome?: string;
  /** Three are shown, unless `allSuggestions`. */
  readonly suggestions?: readonly string[];
  readonly allSuggestions?: boolean;
}

export interface FooterOptions {
  /** `true`. */
  readonly shown?: boolean;
  /** `{{name}}` becomes the link of that name. */
  readonly text?: string;
  readonly links?: Readonly<Record<string, FooterLink>>;
}

export interface FooterLink {
  readonly text: string;
  /** `https:`, `http:` or `mailto:`. */
  readonly url: string;
}

export interface BackgroundOptions {
  /** URL of a picture. */
  readonly image: string;
  /** CSS colour around it. */
  readonly color?: string;
}

export interface FollowUpOptions {
  /** Coze's number of the way. */
  readonly mode?: number;
  readonly prompt?: string;
}
