/**
 * The options of `new CozeWebSDK.WebChatClient({…})`: those of Coze's own client from its CDN, up to 1.2.0-beta.20, with the same names, and
 * three of ours. `option-table.ts` maps each of them.
 */

/** The options of `new CozeWebSDK.WebChatClient()`. */
export interface WebChatClientOptions {
  /** The bot or the app. */
  readonly config?: WebChatClientConfig;
  /** The source of the visitor's tokens. */
  readonly auth?: WebChatClientAuth;
  /** The visitor's name and picture in the chat. The backend decides who the visitor is. */
  readonly userInfo?: {
    /** Sent only with `auth.identityToken`. Without it, the backend alone knows who its visitor is. */
    readonly id?: string;
    /** The visitor's name. */
    readonly nickname?: string;
    /** URL of the visitor's picture. */
    readonly url?: string;
  };
  /** The look and the features of the chat. */
  readonly ui?: WebChatClientUi;
  /** Not used, as in Coze's client. */
  readonly extra?: { readonly webChat?: Readonly<Record<string, string>> };
  /**
   * The element that the chat fills.
   *
   * @deprecated `ui.chatBot.el`
   */
  readonly el?: HTMLElement;
  /**
   * Defaults for `ui.base` and `ui.chatBot`.
   *
   * @deprecated `ui`
   */
  readonly componentProps?: Readonly<Record<string, unknown>>;
}

/** See {@link WebChatClientOptions.config}. */
export interface WebChatClientConfig {
  /**
   * A bot, or an app with a chat workflow.
   *
   * @default 'bot'
   */
  readonly type?: 'bot' | 'app';
  /** Id of the published bot. */
  readonly bot_id?: string;
  /** Another name of `bot_id`. */
  readonly botId?: string;
  /** Another form of `bot_id`, with parameters for the start of a chat workflow behind the bot. */
  readonly botInfo?: { readonly botId?: string; readonly parameters?: Readonly<Record<string, unknown>> };
  /** The published app. */
  readonly appInfo?: {
    readonly appId: string;
    readonly workflowId: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly conversationName?: string;
    readonly version?: string;
  };
  /** Not used: the chat always has a frame of its own. */
  readonly isIframe?: boolean;
  /** Not used, as in Coze's client. */
  readonly sdk_verify_token?: string;
  /**
   * Ours: URL of the API of your region, as the element's `api-base-url`.
   *
   * @default 'https://api.coze.cn'
   */
  readonly apiBaseUrl?: string;
}

/** See {@link WebChatClientOptions.auth}. */
export interface WebChatClientAuth {
  /** Not used. */
  readonly type?: 'token' | 'unauth';
  /** Not used, because a token in the page is the same for all visitors. */
  readonly token?: string;
  /**
   * Returns this visitor's token, or the whole response of a token endpoint. Called if there is no token endpoint in `tokenEndpoint` or
   * `data-token-endpoint`, and no personal access token in `token`.
   */
  readonly onRefreshToken?: (token?: string) => unknown;
  /** Coze's id of the channel. */
  readonly connectorId?: string;
  /**
   * Ours: URL of your token endpoint. The default is `data-token-endpoint` of the script element, then `onRefreshToken`, then `token` beside
   * the script, if that has the page's origin.
   */
  readonly tokenEndpoint?: string;
  /** Ours: a JWT signed by your site that proves who the visitor is, as the element's `identity-token`. With it, `userInfo.id` is sent. */
  readonly identityToken?: string;
}

/** See {@link WebChatClientOptions.ui}. */
export interface WebChatClientUi {
  /** Options of launcher and panel. */
  readonly base?: {
    readonly icon?: string;
    readonly layout?: 'pc' | 'mobile';
    readonly lang?: string;
    readonly zIndex?: number;
  };
  /** The launcher. */
  readonly asstBtn?: { readonly isNeed?: boolean };
  /** The title bar. */
  readonly header?: { readonly isShow?: boolean; readonly isNeedClose?: boolean; readonly extra?: unknown };
  /** The line below the chat. */
  readonly footer?: {
    readonly isShow?: boolean;
    readonly expressionText?: string;
    readonly linkvars?: Readonly<Record<string, { readonly text: string; readonly link: string }>>;
  };
  /** The list of the visitor's conversations. */
  readonly conversations?: { readonly isNeed?: boolean };
  /** The chat. */
  readonly chatBot?: WebChatClientChatBot;
}

/** See {@link WebChatClientUi.chatBot}. */
export interface WebChatClientChatBot {
  /** Title of the panel. */
  readonly title?: string;
  /** Whether visitors can add files. */
  readonly uploadable?: boolean;
  /** Width of the panel, in CSS pixels. */
  readonly width?: number;
  /** Element of the page that the chat fills, in place of a floating panel. */
  readonly el?: HTMLElement;
  /** Whether visitors can speak their questions. */
  readonly isNeedAudio?: boolean;
  /** Whether the bot's steps before an answer are shown. */
  readonly isNeedFunctionCallMessage?: boolean;
  /** Whether there is a button that starts a new conversation. */
  readonly isNeedAddNewConversation?: boolean;
  /** Not used: every answer can be quoted. */
  readonly isNeedQuote?: boolean;
  /** Whether there is a button that begins a new topic. */
  readonly isNeedClearContext?: boolean;
  /** Not used, as in Coze's client with tokens. */
  readonly isNeedClearMessage?: boolean;
  /** Not used, as in Coze's client. */
  readonly isNeedConversationAdd?: boolean;
  /** The feedback of visitors on an answer. */
  readonly feedback?: {
    readonly isNeedFeedback?: boolean;
    readonly feedbackPanel?: {
      readonly title?: string;
      readonly placeholder?: string;
      readonly tags?: readonly { readonly label: string; readonly isNeedDetail?: boolean }[];
    };
  };
  /** Called after the chat was opened. */
  readonly onShow?: () => void;
  /** Called after the chat was closed. */
  readonly onHide?: () => void;
  /** Called before the chat opens. The chat waits for the result; `false` keeps it closed. */
  readonly onBeforeShow?: () => unknown;
  /** Called before the chat closes. The chat waits for the result; `false` keeps it open. */
  readonly onBeforeHide?: () => unknown;
}
