/**
 * Checks whether the body of a request reaches the endpoint. A body parser or a proxy in front of it may consume or drop the body: then the
 * endpoint never sees `user_id` and `identity_token`. Pure.
 */
import { z } from 'zod';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import type { HttpResponse } from '../http.js';
import type { ProbeResponses } from './endpoint-probe.js';
import { isOwnEndpoint, isParserAnswer, isRedirect, isRefused } from './other-answers.js';

const PUT_FIRST =
  'Mount the endpoint above body parsers such as express.json(), or hand it the request that has the parsed "body"; have proxies and functions before it pass the body on as it is.';

export function validateBody(responses: ProbeResponses): CheckResult {
  const { anonymous, brokenJson, claims, visitors } = responses;
  const valid = [anonymous, ...claims, ...(visitors === undefined ? [] : [visitors.one, visitors.oneAgain, visitors.two])];
  if (valid.some(isCalledInvalid) || valid.every(({ status }) => status === 400))
    return failed('The endpoint does not get the JSON that is sent: it refuses it with 400.', PUT_FIRST);
  if (isRedirect(brokenJson)) return skipped('Needs an endpoint that answers by itself.');
  if (isParserAnswer(responses))
    return warning(
      `A body that is not JSON is answered (${brokenJson.status}) by something before the endpoint, most often a body parser such as express.json(). JSON, as the chat sends it, arrives.`,
      'A token endpoint works like that: there is nothing to change. A gateway has to be mounted above body parsers.',
    );
  if (isRefused(brokenJson) && brokenJson.status !== anonymous.status) return ok('The body arrives: what is not JSON is refused.');
  if (isOwnEndpoint(responses))
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
