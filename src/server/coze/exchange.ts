/** From a session name to an access token: signs, sends, judges, and tries again where that can help, within one time budget. */
import { base64url } from 'jose';
import { fail, type Result } from '../../core/result.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { signAssertion, type SigningKey } from '../crypto/assertion.js';
import { CozeClock } from './coze-clock.js';
import { answerTimeSeconds, processTokenAnswer, type AccessToken } from './exchange-response.js';
import { requestAccessToken, type ExchangeAnswer } from './exchange-request.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import type { Refusal } from '../reporting/refusal.js';
import { chooseRemedy, type Remedy } from './recovery.js';

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

export interface ExchangeOrder {
  readonly sessionName: string;
  /** Whether a token from before this moment will not do. */
  readonly mustBeFresh: boolean;
}

export type Exchange = (order: ExchangeOrder, disconnected: AbortSignal) => Promise<Result<AccessToken, Refusal>>;

interface Attempt {
  readonly key: SigningKey;
  readonly result: Result<AccessToken, Refusal>;
  /** Coze's time when it answered, if it did and said so. */
  readonly cozeSeconds: number | undefined;
}

/** Everything included: signing, every attempt, every body. */
const budgetMs = 8000;
/** Coze recommends a `jti` "longer than 32 bytes"; as text these are 43. */
const jtiBytes = 32;

export function createExchange(settings: ExchangeSettings): Exchange {
  const { keys, now, warn } = settings;
  const clock = new CozeClock(now);

  async function attemptUntilSettled(sessionName: string, signal: AbortSignal): Promise<Result<AccessToken, Refusal>> {
    const tried = new Set<Remedy>();
    let attempt = await attemptOnce(keys.current, sessionName, signal);
    for (;;) {
      signal.throwIfAborted();
      if (attempt.result.ok) {
        if (keys.prefer(attempt.key)) warn(fallbackKeyUsed);
        return attempt.result;
      }
      const remedy = chooseRemedy(attempt.result.error, situationAfter(attempt), tried);
      if (remedy === undefined) return attempt.result;
      tried.add(remedy);
      attempt = await attemptOnce(prepare(remedy, attempt), sessionName, signal);
    }
  }

  const situationAfter = ({ key, cozeSeconds }: Attempt) => ({
    clockDisagrees: cozeSeconds !== undefined && clock.disagreesWith(cozeSeconds),
    hasOtherKey: keys.otherThan(key) !== undefined,
  });

  /** Puts the remedy into effect and says with which key to try again. */
  function prepare(remedy: Remedy, { key, cozeSeconds }: Attempt): SigningKey {
    if (remedy === 'follow_clock' && cozeSeconds !== undefined) warn(clockCorrected(clock.follow(cozeSeconds)));
    return remedy === 'other_key' ? (keys.otherThan(key) ?? key) : key;
  }

  async function attemptOnce(key: SigningKey, sessionName: string, signal: AbortSignal): Promise<Attempt> {
    const { appId, audience, randomBytes, fetch } = settings;
    const { nowSeconds } = clock;
    const failed = (error: Refusal): Attempt => ({ key, result: fail(error), cozeSeconds: undefined });

    let assertion: string;
    try {
      const jti = base64url.encode(randomBytes(jtiBytes));
      assertion = await signAssertion(key, { appId, audience, sessionName, jti, nowSeconds });
    } catch {
      return failed({ reason: 'signing_failed' });
    }
    signal.throwIfAborted();

    let answer: ExchangeAnswer;
    try {
      answer = await requestAccessToken(fetch, { ...settings, assertion, signal });
    } catch {
      return failed({ reason: 'coze_unavailable', detail: 'network' });
    }
    return { key, result: processTokenAnswer(answer, nowSeconds), cozeSeconds: answerTimeSeconds(answer.headers) };
  }

  return async function exchange({ sessionName }, disconnected) {
    try {
      return await withDeadline(budgetMs, (signal) => attemptUntilSettled(sessionName, signal), disconnected);
    } catch (error) {
      if (disconnected.aborted) return fail({ reason: 'client_disconnected' });
      if (error instanceof DeadlineError) return fail({ reason: 'coze_timeout' });
      throw error;
    }
  };
}

const fallbackKeyUsed: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.FallbackKeyUsed,
  message: 'Coze refused one signing key and accepted the other, which is used from now on. Remove the refused key from the configuration.',
};

const clockCorrected = (offsetSeconds: number): WarningEvent => ({
  type: 'warning',
  code: EndpointWarning.ClockCorrected,
  message: `The clock of this host is ${Math.abs(offsetSeconds)} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Coze's. Assertions are dated by Coze's from now on; set up NTP.`,
});
