/** From a session name to an access token: signs, sends, judges, and tries again where that can help, within one time budget. */
import { base64url } from 'jose';
import { fail, type Result } from '../errors.js';
import { withDeadline } from './abort.js';
import { signAssertion, type AssertionKey } from './assertion.js';
import { processTokenAnswer, type AccessToken } from './exchange-answer.js';
import { requestAccessToken, type ExchangeAnswer } from './exchange-request.js';
import type { Refusal } from './refusal.js';

export interface ExchangeSettings {
  readonly appId: string;
  readonly audience: string;
  readonly tokenUrl: string;
  readonly durationSeconds: number;
  readonly key: AssertionKey;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export type Exchange = (sessionName: string, signal: AbortSignal) => Promise<Result<AccessToken, Refusal>>;

/** Everything included: signing, both attempts, both bodies. */
const budgetMs = 8000;
const maxAttempts = 2;
/** Coze recommends a `jti` "longer than 32 bytes"; as text these are 43. */
const jtiBytes = 32;

export function createExchange(settings: ExchangeSettings): Exchange {
  return async function exchange(sessionName, disconnected) {
    try {
      return await withDeadline(budgetMs, disconnected, (signal) => attemptRepeatedly(settings, sessionName, signal));
    } catch {
      return fail({ reason: disconnected.aborted ? 'client_disconnected' : 'coze_timeout' });
    }
  };
}

async function attemptRepeatedly(
  settings: ExchangeSettings,
  sessionName: string,
  signal: AbortSignal,
): Promise<Result<AccessToken, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(settings, sessionName, signal);
    signal.throwIfAborted();
    if (result.ok || result.error.reason !== 'coze_unavailable' || attempt === maxAttempts) return result;
  }
}

async function attemptOnce(settings: ExchangeSettings, sessionName: string, signal: AbortSignal): Promise<Result<AccessToken, Refusal>> {
  const { appId, audience, key, now, randomBytes } = settings;
  const nowSeconds = Math.floor(now() / 1000);
  const jti = base64url.encode(randomBytes(jtiBytes));

  let assertion: string;
  try {
    assertion = await signAssertion(key, { appId, audience, sessionName, jti, nowSeconds });
  } catch {
    return fail({ reason: 'signing_failed' });
  }
  signal.throwIfAborted();

  let answer: ExchangeAnswer;
  try {
    answer = await requestAccessToken(settings.fetch, { ...settings, assertion, signal });
  } catch {
    return fail({ reason: 'coze_unavailable', detail: 'network' });
  }
  return processTokenAnswer(answer, nowSeconds);
}
