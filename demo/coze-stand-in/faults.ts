/** What the stand-in can be told to do wrong, and how fast it is. Every switch names something the real service was seen or documented to do. */

/** How a request with an expired, unknown or missing access token is refused. Production is known to use all of these somewhere. */
export type TokenRefusal =
  /** HTTP 401 and `{"code":700012006}`: most endpoints. */
  | 'http-401'
  /** HTTP 200 and `{"code":4100}`. */
  | 'code-4100'
  /** HTTP 200 and `{"code":4101}`: what `/v3/chat` answers in production. */
  | 'code-4101'
  /** HTTP 200, an event stream whose only event is `error` with code 4101. */
  | 'sse-error';

/** A failure of an API endpoint: an HTTP status with Coze's usual body, or HTTP 200 with an error code in the envelope. */
export type ApiFailure = 'http-401' | 'http-429' | 'http-500' | { readonly code: number; readonly msg: string };

/** What the token endpoint does instead of its work. */
export type OAuthFault =
  | 'none'
  /** 401 `invalid_client`, as for a bad assertion. */
  | 'reject-jwt'
  /** 400 `invalid_request`. */
  | 'http-400'
  /** 403 `access_deny`: the app was deactivated by its owner. */
  | 'access-deny'
  | 'http-429'
  | 'http-500'
  | 'http-503'
  /** 200 and a page of HTML, as a proxy in between may answer. */
  | 'html'
  /** 200 and an error code in Coze's envelope. */
  | 'code-in-200'
  /** 200 and JSON that breaks off. */
  | 'cut-json'
  /** 200 and 4 MB of white space before the end. */
  | 'huge-body'
  /** Status and headers come, the body never ends. */
  | 'endless-body'
  /** No answer until the caller gives up. */
  | 'hang'
  /** The connection is closed without an answer. */
  | 'drop';

/** What happens to a chat instead of a full answer. */
export type ChatFault =
  | 'none'
  /** The stream closes cleanly after two deltas. */
  | 'truncate'
  /** The socket breaks after two deltas. */
  | 'drop'
  /** Nothing more comes after two deltas, and the stream stays open. */
  | 'stall'
  /** Everything comes but the final `done`. */
  | 'no-done'
  /** `error` before the first delta. */
  | 'error-event'
  /** `conversation.chat.failed` before the first delta. */
  | 'chat-failed'
  /** `conversation.chat.failed` after three deltas. */
  | 'fail-after-delta'
  | 'http-429'
  | 'http-500'
  /** HTTP 200 and a JSON error that ends in a newline, which the SDK's stream reader overlooks. */
  | 'json-with-newline'
  /** HTTP 200 and a JSON error on one line. */
  | { readonly code: number; readonly msg: string };

export interface Faults {
  /** Upper bound for the life of tokens issued from now on; `undefined` gives what was asked for. */
  readonly maxTokenLifeSeconds: number | undefined;
  /** How far Coze's clock is ahead of `now` (negative: behind). Also moves the `Date` header. */
  readonly clockOffsetMs: number;
  /** Every access token is refused, however fresh. */
  readonly rejectAllTokens: boolean;
  readonly expiredOnChat: TokenRefusal;
  readonly expiredOnWorkflowChat: TokenRefusal;
  readonly oauth: OAuthFault;
  readonly oauthDelayMs: number;
  /** Fails every endpoint that takes an access token, after the token was accepted. */
  readonly api: 'none' | ApiFailure;
  /** The same for single paths, such as `{'/v1/files/upload': 'http-500'}`. */
  readonly paths: Readonly<Record<string, ApiFailure>>;
  /** The same, for the next request to the path only. */
  readonly nextOfPath: Readonly<Record<string, ApiFailure>>;
  /** Points of the OAuth app's permissions that were not granted, as the documentation of each endpoint names them: `editConversation`. */
  readonly missingPermissions: readonly string[];
  /** Points beyond those of a chat that were granted, as by ticking a whole group: `createBot`. */
  readonly extraPermissions: readonly string[];
  /** Conversations keep the empty name they begin with (page "create conversation"), instead of being named after their first question (page "edit conversation"). */
  readonly leavesUnnamed: boolean;
  /** Delay of every API answer, the token endpoint included. */
  readonly allDelayMs: number;
  readonly messageList: 'none' | 'http-500' | 'error-code';
  /** `Cache-Control` of the API's answers, as a gateway in front of it may set; `''` sets none. */
  readonly cacheControl: string;
  readonly chat: ChatFault;
  /** From `in_progress` to the first delta. */
  readonly beforeAnswerMs: number;
  readonly betweenWordsMs: number;
  /** Each answer stops before its last word until this is `false`. */
  readonly holdLastWord: boolean;
  /** An answer that nobody reads any more goes on at its pace, as Coze's does; else it is finished at once, so that nobody waits for it. */
  readonly answersOnUnread: boolean;
  /** A conversation stays busy (4016) until a cancelled answer is at its end, whatever `/v3/chat/cancel` has promised. */
  readonly busyAfterCancel: boolean;
  /** A conversation is busy (4016) while a chat of it waits for the results of tools; else another question drops what it waits for. */
  readonly busyWhileWaiting: boolean;
  /** How long a chat waits for the results of tools. No limit is documented. */
  readonly toolWaitMs: number | undefined;
  /** The answer that goes on begins with `created` once more (page "submit tool outputs") instead of `in_progress` (page "client plugins"). */
  readonly createdAfterTools: boolean;
  /** What is left of a cancelled turn in the history, about which the documentation says nothing. */
  readonly canceledInHistory: 'turn' | 'question' | 'nothing';
  /** What the speech recogniser claims to have heard. */
  readonly transcript: string;
}

const noFaults: Faults = {
  maxTokenLifeSeconds: undefined,
  clockOffsetMs: 0,
  rejectAllTokens: false,
  expiredOnChat: 'code-4101',
  expiredOnWorkflowChat: 'http-401',
  oauth: 'none',
  oauthDelayMs: 0,
  api: 'none',
  paths: {},
  nextOfPath: {},
  missingPermissions: [],
  extraPermissions: [],
  leavesUnnamed: false,
  allDelayMs: 0,
  messageList: 'none',
  cacheControl: '',
  chat: 'none',
  beforeAnswerMs: 0,
  betweenWordsMs: 0,
  holdLastWord: false,
  answersOnUnread: false,
  busyAfterCancel: false,
  busyWhileWaiting: false,
  toolWaitMs: undefined,
  createdAfterTools: false,
  canceledInHistory: 'turn',
  transcript: 'What can you do?',
};

/** The switches of one stand-in, as they are now. */
export class FaultSwitches {
  readonly #initial: Faults;
  #current: Faults;

  constructor(initial: Partial<Faults> = {}) {
    this.#initial = { ...noFaults, ...initial };
    this.#current = this.#initial;
  }

  get current(): Faults {
    return this.#current;
  }

  set(faults: Partial<Faults>): void {
    this.#current = { ...this.#current, ...faults };
  }

  /** How a request to `path` fails, if it does. Asking uses up what was meant for one request. */
  takeApiFailure(path: string): ApiFailure | undefined {
    const { [path]: once, ...nextOfPath } = this.#current.nextOfPath;
    if (once !== undefined) {
      this.set({ nextOfPath });
      return once;
    }
    const { api, paths } = this.#current;
    return paths[path] ?? (api === 'none' ? undefined : api);
  }

  reset(): void {
    this.#current = this.#initial;
  }
}
