/** The checks of a deployed token endpoint. */
import { isLoopback } from '../../../core/secure-url.js';
import type { DoctorDeps } from '../deps.js';
import { type CheckId, type CheckResult, failed, type Finding, skipped, toFinding } from '../finding.js';
import { validateBody } from './endpoint-body.js';
import { checkChatFiles } from './endpoint-files.js';
import { validateCaching, validateCors, validateErrorResponses, validateMethod } from './endpoint-http.js';
import { validateClaimedIdentity, validateSubjects } from './endpoint-identity.js';
import { answersWithoutBody, probeEndpoint, type ProbeResponses, type TwoVisitors } from './endpoint-probe.js';
import { type IssuedToken, toIssuedToken } from './issued-token.js';
import { isFromSoftwareInFront } from './other-answers.js';

export interface EndpointUnderTest {
  readonly url: URL;
  readonly visitors: TwoVisitors | undefined;
}

const VALIDATORS = {
  'endpoint-answers': validateErrorResponses,
  'endpoint-body': validateBody,
  'endpoint-method': validateMethod,
  'endpoint-cache': validateCaching,
  'endpoint-cors': validateCors,
  'endpoint-identity': validateClaimedIdentity,
  'endpoint-subjects': validateSubjects,
} as const satisfies Partial<Record<CheckId, (responses: ProbeResponses) => CheckResult>>;

const VALIDATED = Object.keys(VALIDATORS) as readonly (keyof typeof VALIDATORS)[];
const CHECK_IDS = [...VALIDATED, 'endpoint-files'] as const satisfies readonly CheckId[];

const SILENT = failed(
  'The endpoint does not answer.',
  'Check the address, the certificate and the firewall. The endpoint must answer within 10 seconds.',
);
const SILENT_HERE = failed(
  'The endpoint does not answer.',
  'It is on this machine: is your server running, and on that port? The endpoint must answer within 10 seconds.',
);
const SILENT_AFTER_BODY = failed(
  'The endpoint answers GET, and does not answer POST: it may wait for a body that something before it has used up.',
  'Mount the endpoint above body parsers such as express.json(). It must answer within 10 seconds.',
);

export interface EndpointChecks {
  readonly findings: readonly Finding[];
  /** The tokens of the two visitors, if both have one. */
  readonly tokens?: readonly [one: IssuedToken, two: IssuedToken] | undefined;
}

export async function checkEndpoint(endpoint: EndpointUnderTest | undefined, deps: DoctorDeps): Promise<EndpointChecks> {
  if (endpoint === undefined) return { findings: skipAllBut([], 'Needs --endpoint.') };
  const responses = await probeEndpoint(endpoint.url, endpoint.visitors, deps);
  if (responses === undefined) {
    const silent = (await answersWithoutBody(endpoint.url, deps)) ? SILENT_AFTER_BODY : isLoopback(endpoint.url) ? SILENT_HERE : SILENT;
    return { findings: skipAllBut([toFinding('endpoint-answers', silent)], 'Needs an endpoint that answers.') };
  }
  const reasonToSkip = findReasonToSkip(responses);
  if (reasonToSkip !== undefined)
    return { findings: skipAllBut([toFinding('endpoint-answers', validateErrorResponses(responses))], reasonToSkip) };
  const [one, two] = [responses.visitors?.one, responses.visitors?.two].map((response) => response && toIssuedToken(response));
  return {
    findings: [
      ...VALIDATED.map((id) => toFinding(id, VALIDATORS[id](responses))),
      toFinding('endpoint-files', await checkChatFiles(endpoint.url, deps)),
    ],
    tokens: one && two && [one, two],
  };
}

/** Returns why the other checks are skipped: no response is from the endpoint itself, so that they would only repeat this finding. */
function findReasonToSkip({ anonymous, visitors }: ProbeResponses): string | undefined {
  if (anonymous.status === 404) return 'Needs an endpoint at this address.';
  // A signed-in visitor may reach the endpoint.
  const reachesNobody =
    isFromSoftwareInFront(anonymous) && (visitors === undefined || [visitors.one, visitors.two].every(isFromSoftwareInFront));
  return reachesNobody ? 'Needs an endpoint that answers by itself, and as JSON.' : undefined;
}

function skipAllBut(found: readonly Finding[], reason: string): readonly Finding[] {
  return CHECK_IDS.map((id) => found.find((finding) => finding.id === id) ?? toFinding(id, skipped(reason)));
}
