/**
 * What `new CozeWebSDK.WebChatClient({…})` may be given: the options of Coze's own client from its CDN, up to 1.2.0-beta.20, by their names, and
 * three of ours. What becomes of each says `option-table.ts`.
 */

/** The options of `new CozeWebSDK.WebChatClient()`. */
export interface WebChatClientOptions {
  /** Which bot or app. */
  readonly config?: WebChatClientConfig;
  /** Where the visitor's tokens come from. */
  readonly auth?: WebChatClientAuth;
  /** How the visitor is called in the chat. Who they are decides the backend. */
  readonly userInfo?: {
    /** Not sent: the backend knows who its visitor is. */
    readonly id?: string;
    /** Their name. */
    readonly nickname?: string;
    /** URL of their picture. */
    readonly url?: string;
  };
  /** What the chat looks like and has. */
  readonly ui?: WebChatClientUi;
  /** Not used, as in Coze's client. */
  readonly extra?: { readonly webChat?: Readonly<Record<string, string>> };
  /**
   * Where the chat lies in the page.
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
  /** The same. */
  readonly botId?: string;
  /** The same, with values for the start of a chat workflow behind the bot. */
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
  /** Not used: a token in the page is everybody's. */
  readonly token?: string;
  /**
   * Gives this visitor's token, or the whole answer of a token endpoint. Asked where there is no `tokenEndpoint`, and no personal access token
   * in `token`.
   */
  readonly onRefreshToken?: (token?: string) => unknown;
  /** Coze's number of the channel. */
  readonly connectorId?: string;
  /**
   * Ours: URL of your token endpoint. Unless given: `data-token-endpoint` of the script's line, then `onRefreshToken`, then `token` beside the
   * script, on the page's own site.
   */
  readonly tokenEndpoint?: string;
  /** Ours: a JWT signed by your site that proves who the visitor is, as the element's `identity-token`; with it `userInfo.id` is sent. */
  readonly identityToken?: string;
}

/** See {@link WebChatClientOptions.ui}. */
export interface WebChatClientUi {
  /** Of launcher and panel. */
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
  /** Files can be added. */
  readonly uploadable?: boolean;
  /** Of the panel, in CSS pixels. */
  readonly width?: number;
  /** Element of the page that the chat fills, in place of a floating panel. */
  readonly el?: HTMLElement;
  /** Questions can be spoken. */
  readonly isNeedAudio?: boolean;
  /** What the bot does on the way to an answer is shown. */
  readonly isNeedFunctionCallMessage?: boolean;
  /** The button that starts a new conversation. */
  readonly isNeedAddNewConversation?: boolean;
  /** Not used: every answer can be quoted. */
  readonly isNeedQuote?: boolean;
  /** The button that begins a new topic. */
  readonly isNeedClearContext?: boolean;
  /** Not used, as in Coze's client with tokens. */
  readonly isNeedClearMessage?: boolean;
  /** Not used, as in Coze's client. */
  readonly isNeedConversationAdd?: boolean;
  /** What visitors may say of an answer. */
  readonly feedback?: {
    readonly isNeedFeedback?: boolean;
    readonly feedbackPanel?: {
      readonly title?: string;
      readonly placeholder?: string;
      readonly tags?: readonly { readonly label: string; readonly isNeedDetail?: boolean }[];
    };
  };
  /** After it was opened. */
  readonly onShow?: () => void;
  /** After it was closed. */
  readonly onHide?: () => void;
  /** Before it opens; waited for, and `false` keeps it closed. */
  readonly onBeforeShow?: () => unknown;
  /** Before it closes; waited for, and `false` keeps it open. */
  readonly onBeforeHide?: () => unknown;
}
