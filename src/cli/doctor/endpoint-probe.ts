/** Everything that is asked of a deployed token endpoint: what a browser, a stranger and a page of another site would send. */
import { base64url } from 'jose';
import { send, type HttpAnswer } from './http.js';
import type { DoctorTools } from './tools.js';

/** A header that signs a test visitor in, such as `Cookie`. */
export interface VisitorHeader {
  readonly name: string;
  readonly value: string;
}

export type TwoVisitors = readonly [one: VisitorHeader, two: VisitorHeader];

/** Answers by what was asked. */
export interface ProbeAnswers {
  /** GET, as visitor one if there is one. */
  readonly get: HttpAnswer;
  /** Nobody signed in, nobody claimed. */
  readonly stranger: HttpAnswer;
  readonly brokenJson: HttpAnswer;
  /** Nobody signed in; a made-up `user_id` claimed: the first, the first again, the second. */
  readonly claims: readonly [HttpAnswer, HttpAnswer, HttpAnswer];
  /** As a page of another site and as one without an origin, with the cookie of visitor one if there is one. */
  readonly foreign: readonly HttpAnswer[];
  readonly visitors: VisitorAnswers | undefined;
}

export interface VisitorAnswers {
  readonly one: HttpAnswer;
  readonly two: HttpAnswer;
  readonly oneAgain: HttpAnswer;
  /** Visitor one, claiming a made-up `user_id`. */
  readonly oneAsSomebodyElse: HttpAnswer;
}

/** RFC 2606: nobody's, and certainly not allowed by anybody. */
export const foreignOrigin = 'https://coze-chat-embed-doctor.invalid';

const initial = JSON.stringify({ reason: 'initial' });

/** `undefined` when one of the requests gets no answer. */
export async function probeEndpoint(
  endpoint: URL,
  visitors: TwoVisitors | undefined,
  { fetch, randomBytes }: DoctorTools,
): Promise<ProbeAnswers | undefined> {
  const claim = (): string => JSON.stringify({ user_id: `doctor-${base64url.encode(randomBytes(12))}`, reason: 'initial' });
  const [firstClaim, secondClaim] = [claim(), claim()];
  const ownPage = { origin: endpoint.origin, 'sec-fetch-site': 'same-origin' };
  const otherPage = { origin: foreignOrigin, 'sec-fetch-site': 'cross-site' };
  const [one, two] = visitors ?? [];

  const ask = async (method: string, visitor: VisitorHeader | undefined, page: Readonly<Record<string, string>>, body?: string) => {
    const headers = {
      accept: 'application/json',
      ...page,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(visitor !== undefined && { [visitor.name]: visitor.value }),
    };
    const answer = await send(fetch, endpoint.href, { method, headers, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new NoAnswerError();
    return answer.value;
  };
  const preflight = { ...otherPage, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };

  // One after the other: a burst could run into a rate limit.
  try {
    return {
      stranger: await ask('POST', undefined, ownPage, initial),
      get: await ask('GET', one, ownPage),
      brokenJson: await ask('POST', undefined, ownPage, '{"reason":'),
      claims: [
        await ask('POST', undefined, ownPage, firstClaim),
        await ask('POST', undefined, ownPage, firstClaim),
        await ask('POST', undefined, ownPage, secondClaim),
      ],
      foreign: [
        await ask('POST', one, otherPage, initial),
        await ask('POST', one, { ...otherPage, origin: 'null' }, initial),
        await ask('OPTIONS', undefined, preflight),
      ],
      visitors: one &&
        two && {
          one: await ask('POST', one, ownPage, initial),
          two: await ask('POST', two, ownPage, initial),
          oneAgain: await ask('POST', one, ownPage, initial),
          oneAsSomebodyElse: await ask('POST', one, ownPage, firstClaim),
        },
    };
  } catch (error) {
    if (error instanceof NoAnswerError) return undefined;
    throw error;
  }
}

class NoAnswerError extends Error {}
