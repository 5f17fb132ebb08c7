/** What to check when there is no token, printed after the event. */
import type { UpstreamTrace } from './endpoint-error.js';

const WRONG_ADDRESS =
  "What answers at apiBaseUrl is not Coze's API: look at the address, and whether a proxy or a log-in page of the network answers in its place.";
const NO_ADDRESS =
  'Coze cannot be reached from this server: look at apiBaseUrl, DNS and firewall. If the way out is a proxy: Node takes HTTPS_PROXY only with NODE_USE_ENV_PROXY=1 (22.21, 24 and later); else give a "fetch" that goes by it.';

const IDENTIFY_THREW =
  'identify threw an error. Its message is not logged, because it may contain personal data: catch and log it in identify to read it.';

interface Refused {
  readonly reason: string;
  readonly detail?: string;
  readonly upstream?: UpstreamTrace;
}

/** Returns `undefined` if the event itself says what to check. */
export function findAdvice({ reason, detail, upstream }: Refused): string | undefined {
  switch (reason) {
    case 'identify_failed':
      return detail === 'timeout' ? undefined : IDENTIFY_THREW;
    case 'coze_rejected':
      // Coze itself sends a code with each error.
      return upstream?.code === undefined ? WRONG_ADDRESS : '"npx coze-chat-embed doctor --config FILE" finds out why.';
    case 'coze_answer_invalid':
      return detail === undefined ? WRONG_ADDRESS : undefined;
    case 'coze_unavailable':
      return detail === 'network' ? NO_ADDRESS : undefined;
    default:
      return undefined;
  }
}
