/** The stand-in's faults and delays. Every switch reproduces behaviour of the real service that was observed or is documented. */

/** How a request with an expired, unknown or missing access token is rejected. Production uses each of these somewhere. */
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

/** How the token endpoint fails. */
export type OAuthFault =
  | 'none'
  /** 401 `invalid_client`, as for a bad assertion. */
  | 'reject-jwt'
  /** 400 `invalid_request`. */
  | 'http-400'
  /** 403 `access_deny`: the app's owner has deactivated it. */
  | 'access-deny'
  | 'http-429'
  | 'http-500'
  | 'http-503'
  /** 200 and an HTML page, as a proxy might answer. */
  | 'html'
  /** 200 and an error code in Coze's envelope. */
  | 'code-in-200'
  /** 200 and truncated JSON. */
  | 'cut-json'
  /** 200 and 4 MB of trailing white space. */
  | 'huge-body'
  /** Status and headers arrive, the body never ends. */
  | 'endless-body'
  /** Status and headers arrive, then the body, a byte every 100 ms. */
  | 'slow-body'
  /** No response until the caller gives up. */
  | 'hang'
  /** The connection is closed without a response. */
  | 'drop';

/** How the stream of a chat fails. */
export type ChatFault =
  | 'none'
  /** The stream closes cleanly after two deltas. */
  | 'truncate'
  /** The socket is destroyed after two deltas. */
  | 'drop'
  /** Nothing follows the first two deltas, and the stream stays open. */
  | 'stall'
  /** Only the final `done` is missing. */
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
  /** Upper bound for the lifetime of tokens issued from now on; `undefined` grants the requested lifetime. */
  readonly maxTokenLifeSeconds: number | undefined;
  /** How far Coze's clock is ahead of `now` (negative: behind). Also moves the `Date` header. */
  readonly clockOffsetMs: number;
  /** Rejects every access token, even a new one. */
  readonly rejectAllTokens: boolean;
  readonly expiredOnChat: TokenRefusal;
  readonly expiredOnWorkflowChat: TokenRefusal;
  readonly oauth: OAuthFault;
  readonly oauthDelayMs: number;
  /** Fails every endpoint that takes an access token, after the token was accepted. */
  readonly api: 'none' | ApiFailure;
  /** Fails single paths, such as `{'/v1/files/upload': 'http-500'}`. */
  readonly paths: Readonly<Record<string, ApiFailure>>;
  /** Fails only the next request to a path. */
  readonly nextOfPath: Readonly<Record<string, ApiFailure>>;
  /** Permissions that the OAuth app lacks, by the names in each endpoint's documentation: `editConversation`. */
  readonly missingPermissions: readonly string[];
  /** Permissions that the OAuth app has and a chat does not need, as after ticking a whole group: `createBot`. */
  readonly extraPermissions: readonly string[];
  /**
   * Conversations keep the empty name they are created with (page "create conversation"), instead of being named after their first question
   * (page "edit conversation").
   */
  readonly leavesUnnamed: boolean;
  /** Delay of every response, the token endpoint's included. */
  readonly allDelayMs: number;
  readonly messageList: 'none' | 'http-500' | 'error-code';
  /** `Cache-Control` of the API's responses, as a gateway in front of it may set; `''` sets none. */
  readonly cacheControl: string;
  readonly chat: ChatFault;
  /** Delay between `in_progress` and the first delta. */
  readonly beforeAnswerMs: number;
  readonly betweenWordsMs: number;
  /** While `true`, each answer pauses before its last word. */
  readonly holdLastWord: boolean;
  /** After a disconnect, an answer goes on at its pace, as Coze's does; by default it is finished at once, so that no test waits for it. */
  readonly answersOnUnread: boolean;
  /** A conversation stays busy (4016) until a cancelled answer ends, although `/v3/chat/cancel` has confirmed the cancellation. */
  readonly busyAfterCancel: boolean;
  /** A conversation is busy (4016) while a chat of it waits for tool outputs; by default another question drops the waiting chat. */
  readonly busyWhileWaiting: boolean;
  /** How long a chat waits for tool outputs. No limit is documented. */
  readonly toolWaitMs: number | undefined;
  /** A resumed answer begins with `created` once more (page "submit tool outputs") instead of `in_progress` (page "client plugins"). */
  readonly createdAfterTools: boolean;
  /** What the history keeps of a cancelled turn, which is not documented. */
  readonly canceledInHistory: 'turn' | 'question' | 'nothing';
  /** The transcript that the speech recogniser returns. */
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

/** The present state of one stand-in's faults. */
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

  /** How a request to `path` fails, if at all. The call consumes a fault that is set for one request only. */
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
