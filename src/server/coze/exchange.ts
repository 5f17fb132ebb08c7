/** Exchanges a session name for an access token: signs, sends, parses, and retries where that may help, within one time limit. */
import { base64url } from 'jose';
import { systemTimers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { fail, type Result } from '../../core/result.js';
import { ownMembers } from '../../core/values/own-members.js';
import { signAssertion } from '../crypto/assertion.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { type ClockOffset, CozeClock } from './coze-clock.js';
import { type ExchangeResponse, requestAccessToken } from './exchange-request.js';
import { type CozeAccessToken, parseExchangeResponse, responseTimeSeconds } from './exchange-response.js';
import type { ResolvedApp } from './oauth-app.js';
import { type AttemptPlan, nextAttempt } from './recovery.js';

export interface ExchangeOptions {
  /** The lifetime to request. */
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
  /** Bypass the cache: Coze rejected the caller's token, or the visitor asked for another one. */
  readonly bypassCache: boolean;
}

/** @param disconnected aborts when the client disconnects */
export type ExchangeToken = (params: TokenExchangeParams, disconnected: AbortSignal) => Promise<Result<CozeAccessToken, EndpointError>>;

interface Attempt {
  readonly result: Result<CozeAccessToken, EndpointError>;
  /** Coze's time of the response, from its `Date` header. */
  readonly cozeSeconds: number | undefined;
}

/** Limit for everything: signing, every attempt, every body. */
const EXCHANGE_TIMEOUT_MS = 8000;
/** Coze recommends a `jti` "longer than 32 bytes"; in base64url these are 43 characters. */
const JTI_BYTES = 32;

export function createExchange(app: ResolvedApp, { durationSeconds, fetch, now, randomBytes, warn }: ExchangeOptions): ExchangeToken {
  const { appId, audience, tokenUrl, botIds, keys } = app;
  const clock = new CozeClock(now);

  async function attemptUntilFinal(sessionName: string, signal: AbortSignal): Promise<Result<CozeAccessToken, EndpointError>> {
    const attempts: AttemptPlan[] = [];
    const inOrder = keys.inOrder();
    let cozeOffset: ClockOffset | undefined;
    let plan: AttemptPlan | undefined = { key: inOrder[0], offset: clock.offset };
    for (;;) {
      attempts.push(plan);
      const { result, cozeSeconds } = ownMembers(await attemptOnce(plan, sessionName, signal));
      signal.throwIfAborted();
      if (result.ok) {
        remember(plan);
        return result;
      }
      if (cozeSeconds !== undefined) cozeOffset ??= clock.offsetTo(cozeSeconds);
      plan = nextAttempt(result.error, attempts, { keys: inOrder, cozeOffset });
      if (plan === undefined) return result;
    }
  }

  /** Stores the key and the offset that Coze has accepted, for the next exchanges. */
  function remember({ key, offset }: AttemptPlan): void {
    if (keys.promote(key)) warn(FALLBACK_KEY_WARNING);
    if (clock.accept(offset)) warn(clockWarning(offset));
  }

  async function attemptOnce({ key, offset }: AttemptPlan, sessionName: string, signal: AbortSignal): Promise<Attempt> {
    let assertion: string;
    try {
      const jti = base64url.encode(randomBytes(JTI_BYTES));
      assertion = await signAssertion(key, { appId, audience, sessionName, jti, nowSeconds: clock.secondsAt(offset) });
    } catch {
      return failedAttempt({ reason: 'signing_failed' });
    }
    signal.throwIfAborted();

    let response: ExchangeResponse;
    try {
      response = await requestAccessToken(fetch, { tokenUrl, assertion, durationSeconds, botIds, signal });
    } catch {
      return failedAttempt({ reason: 'coze_unavailable', detail: 'network' });
    }
    const result = parseExchangeResponse(response, { nowSeconds: clock.secondsAt(offset), durationSeconds });
    return { result, cozeSeconds: responseTimeSeconds(response.headers) };
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

function failedAttempt(error: EndpointError): Attempt {
  return { result: fail(error), cozeSeconds: undefined };
}

const FALLBACK_KEY_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.FallbackKeyUsed,
  message: 'Coze refused one signing key and accepted the other, which is used from now on. Remove the refused key from the configuration.',
};

function clockWarning(offset: ClockOffset): WarningEvent {
  const message =
    offset === 0
      ? "Coze accepts this host's own time again; assertions are dated by it from now on."
      : `The clock of this host is ${Math.abs(offset)} s ${offset > 0 ? 'behind' : 'ahead of'} Coze's. Assertions are dated by Coze's from now on, until Coze accepts the host's own time again; set up NTP.`;
  return { type: 'warning', code: EndpointWarning.ClockCorrected, message };
}
