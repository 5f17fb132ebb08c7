/** The checks of a deployed token endpoint. */
import { judgeClaimedIdentity, judgeSubjects } from './endpoint-identity.js';
import { judgeCache, judgeCors, judgeErrorAnswers, judgeMethod } from './endpoint-http.js';
import { probeEndpoint, type ProbeAnswers, type TwoVisitors } from './endpoint-probe.js';
import { failed, skipped, toFinding, type CheckId, type Finding, type Verdict } from './finding.js';
import type { DoctorTools } from './tools.js';

export interface EndpointUnderTest {
  readonly url: URL;
  readonly visitors: TwoVisitors | undefined;
}

const judges = {
  'endpoint-answers': judgeErrorAnswers,
  'endpoint-method': judgeMethod,
  'endpoint-cache': judgeCache,
  'endpoint-cors': judgeCors,
  'endpoint-identity': judgeClaimedIdentity,
  'endpoint-subjects': judgeSubjects,
} as const satisfies Partial<Record<CheckId, (answers: ProbeAnswers) => Verdict>>;

const ids = Object.keys(judges) as readonly (keyof typeof judges)[];

export async function checkEndpoint(endpoint: EndpointUnderTest | undefined, tools: DoctorTools): Promise<readonly Finding[]> {
  if (endpoint === undefined) return skipAllBut([], 'Needs --endpoint.');
  const answers = await probeEndpoint(endpoint.url, endpoint.visitors, tools);
  if (answers === undefined) {
    const remedy = 'Check the address, the certificate and the firewall. The endpoint must answer within 10 seconds.';
    const silent = toFinding('endpoint-answers', failed('The endpoint does not answer.', remedy));
    return skipAllBut([silent], 'Needs an endpoint that answers.');
  }
  if (answers.stranger.status === 404)
    return skipAllBut([toFinding('endpoint-answers', judgeErrorAnswers(answers))], 'Needs an endpoint at this address.');
  return ids.map((id) => toFinding(id, judges[id](answers)));
}

const skipAllBut = (found: readonly Finding[], reason: string): readonly Finding[] =>
  ids.map((id) => found.find((finding) => finding.id === id) ?? toFinding(id, skipped(reason)));
