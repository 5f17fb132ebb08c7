import type { HttpBindings } from '@hono/node-server';
import type { Catalogue } from './bot/profile.js';
import type { WaitingTurn } from './bot/turn-parts.js';
import type { FaultSwitches } from './faults.js';
import type { IdSource } from './ids.js';
import type { OAuthAppKey } from './oauth/app-key.js';
import type { ReplayGuard } from './oauth/replay-guard.js';
import type { IssuedToken, TokenStore } from './oauth/tokens.js';
import type { RecordInProgress, RequestLog } from './request-log.js';
import type { ConversationStore } from './store/conversations.js';
import type { Feedback } from './store/feedback.js';
import type { FileStore } from './store/files.js';
import type { Wait } from './wait.js';

/** The whole state of one running stand-in. It lives in memory and ends with `lifetime`. */
export interface StandInState {
  /** The origin for browsers. */
  readonly origin: string;
  /** Coze's clock, epoch ms: `now` of the options plus the clock fault. */
  readonly clock: () => number;
  readonly wait: Wait;
  readonly lifetime: AbortSignal;
  readonly faults: FaultSwitches;
  readonly ids: IdSource;
  readonly log: RequestLog;
  readonly oauthKeys: ReadonlyMap<string, OAuthAppKey>;
  readonly audiences: readonly string[];
  readonly replays: ReplayGuard;
  readonly tokens: TokenStore;
  readonly catalogue: Catalogue;
  readonly conversations: ConversationStore;
  /** Turns that wait for tool outputs, by chat id. */
  readonly waiting: Map<string, WaitingTurn>;
  readonly files: FileStore;
  /** By message id. */
  readonly feedback: Map<string, Feedback>;
}

/** Hono's environment: the variables of each request. */
export interface StandInEnv {
  Bindings: HttpBindings;
  Variables: {
    logId: string;
    record: RecordInProgress;
    /** Set on every path that requires an access token. */
    token: IssuedToken;
  };
}
