/**
 * Checks whether the body of a request reaches the endpoint. A body parser or a proxy in front of it may consume or drop the body: then the
 * endpoint never sees `user_id` and `identity_token`. Pure.
 */
import { z } from 'zod';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import type { HttpResponse } from '../http.js';
import type { ProbeResponses } from './endpoint-probe.js';

const PUT_FIRST =
  'Mount the endpoint above body parsers such as express.json(), or hand it the request that has the parsed "body"; have proxies and functions before it pass the body on as it is.';

export function validateBody({ get, anonymous, brokenJson, claims, visitors }: ProbeResponses): CheckResult {
  const valid = [anonymous, ...claims, ...(visitors === undefined ? [] : [visitors.one, visitors.oneAgain, visitors.two])];
  if (valid.some(isCalledInvalid) || valid.every(({ status }) => status === 400))
    return failed('The endpoint does not get the JSON that is sent: it refuses it with 400.', PUT_FIRST);
  if (isHtml(brokenJson) && !isHtml(anonymous))
    return warning('A page answers what is not JSON, not the endpoint: something before it parses the body.', PUT_FIRST);
  if (isRefused(brokenJson) && brokenJson.status !== anonymous.status) return ok('The body arrives: what is not JSON is refused.');
  if (isOurs(get))
    return failed(
      'The endpoint gets an empty body: what is not JSON is answered like JSON. No user_id or identity_token arrives.',
      PUT_FIRST,
    );
  return skipped('What is not JSON is answered like JSON: the endpoint does not look at the body, or does not get it.');
}

const invalidSchema = z.object({ error: z.literal('invalid_request') });

function isCalledInvalid({ status, json }: HttpResponse): boolean {
  return status === 400 && invalidSchema.safeParse(json).success;
}

function isHtml({ headers }: HttpResponse): boolean {
  return (headers.get('content-type') ?? '').toLowerCase().includes('html');
}

function isRefused({ status }: HttpResponse): boolean {
  return status === 400 || status === 415 || status === 422;
}

/** The error response of this package's server part, which reads the body before it identifies the visitor. */
const ourRefusalSchema = z.object({ error: z.literal('method_not_allowed'), request_id: z.string().regex(/^[0-9a-f]{32}$/) });

function isOurs({ status, json }: HttpResponse): boolean {
  return status === 405 && ourRefusalSchema.safeParse(json).success;
}
