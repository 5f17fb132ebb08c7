/** Checks whether Coze's API can be reached, and whether its clock and ours agree. */
import { parseHttpDate } from '../../../core/http-date.js';
import { type CozeCaller, getCode } from '../coze-api.js';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import { IS_STAND_IN_RUNNING } from './stand-in.js';

/** Well above the error from network delay and from the whole seconds of `Date`. */
const MIN_CLOCK_OFFSET_SECONDS = 20;
/** Beyond this, Coze rejects assertions unless they are dated by its own clock, which this package then does. */
const MAX_CLOCK_OFFSET_SECONDS = 60;

export interface Connectivity {
  readonly reachable: CheckResult;
  readonly clock: CheckResult;
}

/**
 * Sends a request without a token: the error response has the `Date` header.
 *
 * @param isStandIn whether the API is on this machine
 */
export async function checkConnectivity(askAnonymously: CozeCaller, now: () => number, isStandIn: boolean): Promise<Connectivity> {
  const startedMs = now();
  const response = await askAnonymously({ method: 'GET', path: '/v1/conversations' });
  const halfwayMs = (startedMs + now()) / 2;
  if (!response.ok) {
    const reachable = failed(
      'The API does not answer.',
      isStandIn
        ? IS_STAND_IN_RUNNING
        : 'Check coze_api_base in the config, the DNS, the firewall and whether this host needs a proxy to reach the internet: Node takes HTTPS_PROXY only with NODE_USE_ENV_PROXY=1 (22.21, 24 and later).',
    );
    return { reachable, clock: skipped("Needs Coze's time.") };
  }
  if (getCode(response) === undefined) {
    const reachable = failed(
      `Something answers at coze_api_base (HTTP ${response.value.status}), but not Coze's API.`,
      isStandIn
        ? IS_STAND_IN_RUNNING
        : 'Check coze_api_base in the config, and whether a proxy or a log-in page of the network answers instead.',
    );
    return { reachable, clock: skipped("Needs Coze's time.") };
  }
  return {
    reachable: ok("Coze's API answers."),
    clock: validateClock(parseHttpDate(response.value.headers.get('date') ?? ''), halfwayMs),
  };
}

function validateClock(cozeMs: number | undefined, localMs: number): CheckResult {
  if (cozeMs === undefined) return skipped('Coze did not say what time it is.');
  const offsetSeconds = Math.round((cozeMs - localMs) / 1000);
  const distance = Math.abs(offsetSeconds);
  if (distance <= MIN_CLOCK_OFFSET_SECONDS) return ok("This host's clock agrees with Coze's.");

  const explanation = `This host's clock is ${distance} s ${offsetSeconds > 0 ? 'behind' : 'ahead of'} Coze's.`;
  const remedy = 'Set up time synchronisation (NTP) on this host: Coze refuses assertions from the future and from the past.';
  return distance > MAX_CLOCK_OFFSET_SECONDS ? failed(explanation, remedy) : warning(explanation, remedy);
}
