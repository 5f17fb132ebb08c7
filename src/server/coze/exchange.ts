/** From a session name to an access token: signs, sends, parses, and tries again where that can help, within one time budget. */
import { base64url } from 'jose';
import { systemTimers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { fail, type Result } from '../../core/result.js';
import { signAssertion } from '../crypto/assertion.js';
import type { SigningKey } from '../crypto/signing-key.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { CozeClock } from './coze-clock.js';
import { type ExchangeResponse, requestAccessToken } from './exchange-request.js';
import { type CozeAccessToken, parseExchangeResponse, responseTimeSeconds } from './exchange-response.js';
import type { ResolvedApp } from './oauth-app.js';
import { type FailureContext, nextRecovery, type RecoveryAction } from './recovery.js';

export interface ExchangeOptions {
  /** Lifetime to ask for. */
  readonly durationSeconds: number;
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Cryptographically strong. */
  readonly randomBytes: (length: number) => Uint8Array;
  readonly warn: (warning: WarningEvent) => void;
}

export interface TokenExchangeParams {
  readonly sessionName: string;
  /** Bypass the cache: Coze rejected the caller's token, or the visitor asked for another. */
  readonly bypassCache: boolean;
}

/** @param disconnected aborts when the client has gone */
export type ExchangeToken = (params: TokenExchangeParams, disconnected: AbortSignal) => Promise<Result<CozeAccessToken, EndpointError>>;

interface Attempt {
  readonly key: SigningKey;
  readonly result: Result<CozeAccessToken, EndpointError>;
  /** Coze's time when it responded, if it did and said so. */
  readonly cozeSeconds: number | undefined;
}

/** Everything included: signing, every attempt, every body. */
const EXCHANGE_TIMEOUT_MS = 8000;
/** Coze recommends a `jti` "longer than 32 bytes"; as text these are 43. */
const JTI_BYTES = 32;

export function createExchange(app: ResolvedApp, { durationSeconds, fetch, now, randomBytes, warn }: ExchangeOptions): ExchangeToken {
  const { appId, audience, tokenUrl, botIds, keys } = app;
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
      const action = nextRecovery(attempt.result.error, failureContext(attempt), tried);
      if (action === undefined) return attempt.result;
      tried.add(action);
      attempt = await attemptOnce(applyRecovery(action, attempt), sessionName, signal);
    }
  }

  function failureContext({ key, cozeSeconds }: Attempt): FailureContext {
    return {
      clockDisagrees: cozeSeconds !== undefined && clock.disagreesWith(cozeSeconds),
      hasOtherKey: keys.alternativeTo(key) !== undefined,
    };
  }

  /** Returns the key for the next attempt. */
  function applyRecovery(action: RecoveryAction, { key, cozeSeconds }: Attempt): SigningKey {
    if (action === 'follow_clock' && cozeSeconds !== undefined) warn(clockCorrectedWarning(clock.follow(cozeSeconds)));
    return action === 'other_key' ? (keys.alternativeTo(key) ?? key) : key;
  }

  async function attemptOnce(key: SigningKey, sessionName: string, signal: AbortSignal): Promise<Attempt> {
    const { nowSeconds } = clock;

    let assertion: string;
    try {
      const jti = base64url.encode(randomBytes(JTI_BYTES));
      assertion = await signAssertion(key, { appId, audience, sessionName, jti, nowSeconds });
    } catch {
      return failedAttempt(key, { reason: 'signing_failed' });
    }
    signal.throwIfAborted();

    let response: ExchangeResponse;
    try {
      response = await requestAccessToken(fetch, { tokenUrl, assertion, durationSeconds, botIds, signal });
    } catch {
      return failedAttempt(key, { reason: 'coze_unavailable', detail: 'network' });
    }
    return { key, result: parseExchangeResponse(response, nowSeconds), cozeSeconds: responseTimeSeconds(response.headers) };
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

function failedAttempt(key: SigningKey, error: EndpointError): Attempt {
  return { key, result: fail(error), cozeSeconds: undefined };
}

const FALLBACK_KEY_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.FallbackKeyUsed,
  message: 'Coze refused one signing key and accepted the other, which is used from now on. Remove the refused key from the configuration.',
};

/** @param offsetSeconds positive when this host's clock is slow */
function clockCorrectedWarning(offsetSeconds: number): WarningEvent {
  return {
    type: 'warning',
    code: EndpointWarning.ClockCorrected,
    message: `The clock of this host is ${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Coze's. Assertions are dated by Coze's from now on; set up NTP.`,
  };
}
