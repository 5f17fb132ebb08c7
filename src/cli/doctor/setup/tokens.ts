/** Gets two tokens for two made-up users, by the same exchange as the token endpoint. */
import { base64url } from 'jose';
import { type Result, succeed } from '../../../core/result.js';
import { createExchange } from '../../../server/coze/exchange.js';
import { type CozeOAuthApp, createOAuthApp } from '../../../server/coze/oauth-app.js';
import { oauthAppSchema } from '../../../server/coze/oauth-app-schema.js';
import { hashedSessionName } from '../../../server/identity/session-name.js';
import type { EndpointError, RefusalReason } from '../../../server/reporting/endpoint-error.js';
import type { DoctorDeps } from '../deps.js';
import { type CheckResult, failed, ok } from '../finding.js';
import { STAND_IN_CREDENTIALS } from './stand-in.js';

export type TwoTokens = readonly [one: string, two: string];

/** Coze's default, and the shortest lifetime that a token endpoint of this package asks for. */
const DURATION_SECONDS = 900;

/** The session names are new in every run, so that an earlier run has no influence. */
export async function exchangeTwoTokens(app: CozeOAuthApp, deps: DoctorDeps): Promise<Result<TwoTokens, EndpointError>> {
  const { fetch, now, randomBytes } = deps;
  const resolvedApp = createOAuthApp(oauthAppSchema.parse(app));
  const exchange = createExchange(resolvedApp, { durationSeconds: DURATION_SECONDS, fetch, now, randomBytes, warn: () => undefined });
  const run = base64url.encode(randomBytes(16));
  const resolveName = hashedSessionName('coze-chat-embed/doctor');
  const tokens: string[] = [];
  for (const id of ['one', 'two']) {
    const sessionName = await resolveName({ tenant: run, id });
    const token = await exchange({ sessionName, bypassCache: true }, new AbortController().signal);
    if (!token.ok) return token;
    tokens.push(token.value.value);
  }
  const [one = '', two = ''] = tokens;
  return succeed([one, two]);
}

/** @param isStandIn whether the API is on this machine */
export function validateTokens(tokens: Result<TwoTokens, EndpointError>, isStandIn: boolean): CheckResult {
  if (!tokens.ok) return toFailedResult(tokens.error, isStandIn);
  const [one, two] = tokens.value;
  if (one === two)
    return failed('Coze gave both users the same token.', 'Do not go live. Ask Coze why session_name has no effect for this app.');
  return ok('Coze exchanged a token for each of two made-up users.');
}

/** Whether Coze rejects the signing key, most often because of the wrong region. */
export function isUnknownSigner({ reason, upstream }: EndpointError): boolean {
  return reason === 'coze_rejected' && upstream?.code === 'invalid_client';
}

function toFailedResult(error: EndpointError, isStandIn: boolean): CheckResult {
  const trace = describeTrace(error);
  if (isUnknownSigner(error) && isStandIn)
    return failed(`The stand-in does not know the key of this config${trace}.`, STAND_IN_CREDENTIALS);
  if (isUnknownSigner(error)) {
    return failed(
      `Coze does not accept the signature of this app${trace}. An unknown key is most often one of the other region (coze.cn or coze.com).`,
      'Compare the region in the console with coze_api_base. Then compare client_id and public_key_id with the OAuth app: does this key pair still exist there?',
    );
  }
  if (error.upstream?.code === 'access_deny') {
    return failed(
      `Coze denies this app access${trace}.`,
      'In the console, check that the OAuth app is active and of the type "service app" (JWT).',
    );
  }
  const { explanation, remedy } = FAILURES[error.reason] ?? UNUSABLE_RESPONSE;
  return failed(`${explanation}${trace}.`, remedy);
}

const UNUSABLE_RESPONSE = {
  explanation: 'Coze answered something that is not a usable token',
  remedy: 'Check that nothing between this host and Coze changes answers, and that coze_api_base is right.',
};
const UNREACHABLE = {
  explanation: 'Coze could not be reached or had trouble of its own',
  remedy: 'Run the doctor again; if that does not help, check network and proxy.',
};
const FAILURES: Partial<Record<RefusalReason, typeof UNUSABLE_RESPONSE>> = {
  coze_rejected: {
    explanation: 'Coze rejects the request for a token',
    remedy: 'Check client_id, and that the OAuth app is of the type "service app" (JWT).',
  },
  coze_rate_limited: { explanation: 'Coze says that it was asked too often', remedy: 'Wait a minute and run the doctor again.' },
  coze_unavailable: UNREACHABLE,
  coze_timeout: UNREACHABLE,
  signing_failed: { explanation: 'The private key does not sign', remedy: 'Create a new key pair in the OAuth app.' },
};

function describeTrace({ upstream, detail }: EndpointError): string {
  const parts = [
    ...(upstream?.status === undefined ? [] : [`HTTP ${upstream.status}`]),
    ...(upstream?.code === undefined ? [] : [upstream.code]),
    ...(upstream?.logId === undefined ? [] : [`log id ${upstream.logId}`]),
    ...(detail === undefined ? [] : [detail]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
