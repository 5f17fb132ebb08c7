/** From a session name to an access token: signs, sends, judges, and tries again where that can help, within one time budget. */
import { base64url } from 'jose';
import { systemTimers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { fail, type Result } from '../../core/result.js';
import { signAssertion, type SigningKey } from '../crypto/assertion.js';
import type { KeyRing } from '../crypto/key-ring.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { CozeClock } from './coze-clock.js';
import { type ExchangeResponse, requestAccessToken } from './exchange-request.js';
import { type CozeAccessToken, parseExchangeResponse, responseTimeSeconds } from './exchange-response.js';
import { nextRecovery, type RecoveryAction } from './recovery.js';

export interface ExchangeSettings {
  readonly appId: string;
  readonly audience: string;
  readonly tokenUrl: string;
  readonly durationSeconds: number;
  /** Bots the token is limited to; none means all that the app may use. */
  readonly botIds: readonly string[];
  readonly keys: KeyRing;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly warn: (warning: WarningEvent) => void;
}

export interface TokenExchangeParams {
  readonly sessionName: string;
  /** Whether a token from before this moment will not do. */
  readonly bypassCache: boolean;
}

export type ExchangeToken = (order: TokenExchangeParams, disconnected: AbortSignal) => Promise<Result<CozeAccessToken, EndpointError>>;

interface Attempt {
  readonly key: SigningKey;
  readonly result: Result<CozeAccessToken, EndpointError>;
  /** Coze's time when it answered, if it did and said so. */
  readonly cozeSeconds: number | undefined;
}

/** Everything included: signing, every attempt, every body. */
const EXCHANGE_TIMEOUT_MS = 8000;
/** Coze recommends a `jti` "longer than 32 bytes"; as text these are 43. */
const JTI_BYTES = 32;

export function createExchange(settings: ExchangeSettings): ExchangeToken {
  const { keys, now, warn } = settings;
  const clock = new CozeClock(now);

  async function attemptUntilFinal(sessionName: string, signal: AbortSignal): Promise<Result<CozeAccessToken, EndpointError>> {
    const tried = new Set<RecoveryAction>();
    let attempt = await attemptOnce(keys.current, sessionName, signal);
    for (;;) {
      signal.throwIfAborted();
      if (attempt.result.ok) {
        if (keys.promote(attempt.key)) warn(FALLBACK_KEY_WARNING);
        return attempt.result;
      }
      const remedy = nextRecovery(attempt.result.error, failureContext(attempt), tried);
      if (remedy === undefined) return attempt.result;
      tried.add(remedy);
      attempt = await attemptOnce(applyRecovery(remedy, attempt), sessionName, signal);
    }
  }

  const failureContext = ({ key, cozeSeconds }: Attempt) => ({
    clockDisagrees: cozeSeconds !== undefined && clock.disagreesWith(cozeSeconds),
    hasOtherKey: keys.alternativeTo(key) !== undefined,
  });

  /** Puts the remedy into effect and says with which key to try again. */
  function applyRecovery(remedy: RecoveryAction, { key, cozeSeconds }: Attempt): SigningKey {
    if (remedy === 'follow_clock' && cozeSeconds !== undefined) warn(clockCorrected(clock.follow(cozeSeconds)));
    return remedy === 'other_key' ? (keys.alternativeTo(key) ?? key) : key;
  }

  async function attemptOnce(key: SigningKey, sessionName: string, signal: AbortSignal): Promise<Attempt> {
    const { appId, audience, randomBytes, fetch } = settings;
    const { nowSeconds } = clock;
    const failed = (error: EndpointError): Attempt => ({ key, result: fail(error), cozeSeconds: undefined });

    let assertion: string;
    try {
      const jti = base64url.encode(randomBytes(JTI_BYTES));
      assertion = await signAssertion(key, { appId, audience, sessionName, jti, nowSeconds });
    } catch {
      return failed({ reason: 'signing_failed' });
    }
    signal.throwIfAborted();

    let answer: ExchangeResponse;
    try {
      answer = await requestAccessToken(fetch, { ...settings, assertion, signal });
    } catch {
      return failed({ reason: 'coze_unavailable', detail: 'network' });
    }
    return { key, result: parseExchangeResponse(answer, nowSeconds), cozeSeconds: responseTimeSeconds(answer.headers) };
  }

  return async function exchange({ sessionName }, disconnected) {
    const deadline = { durationMs: EXCHANGE_TIMEOUT_MS, timers: systemTimers, signal: disconnected };
    try {
      return await withDeadline((signal) => attemptUntilFinal(sessionName, signal), deadline);
    } catch (error) {
      if (disconnected.aborted) return fail({ reason: 'client_disconnected' });
      if (error instanceof DeadlineError) return fail({ reason: 'coze_timeout' });
      throw error;
    }
  };
}

const FALLBACK_KEY_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.FallbackKeyUsed,
  message: 'Coze refused one signing key and accepted the other, which is used from now on. Remove the refused key from the configuration.',
};

function clockCorrected(offsetSeconds: number): WarningEvent {
  return {
    type: 'warning',
    code: EndpointWarning.ClockCorrected,
    message: `The clock of this host is ${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Coze's. Assertions are dated by Coze's from now on; set up NTP.`,
  };
}
