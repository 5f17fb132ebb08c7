/** All requests to a deployed token endpoint: as a visitor, without a session, and as a page of another site. */
import { base64url } from 'jose';
import type { DoctorDeps } from '../deps.js';
import { type HttpResponse, send } from '../http.js';

/** A header that signs a test visitor in, such as `Cookie`. */
export interface VisitorHeader {
  readonly name: string;
  readonly value: string;
}

export type TwoVisitors = readonly [one: VisitorHeader, two: VisitorHeader];

/** Responses by request. */
export interface ProbeResponses {
  /** The requested URL. */
  readonly url: URL;
  /** Response to GET, as visitor one if there is one. */
  readonly get: HttpResponse;
  /** Response to a request without a session and without a `user_id`. */
  readonly anonymous: HttpResponse;
  readonly brokenJson: HttpResponse;
  /** Responses without a session, but with a made-up `user_id`: the first, the first again, the second. */
  readonly claims: readonly [HttpResponse, HttpResponse, HttpResponse];
  /** Responses to a page of another site and to one without an origin, with the cookie of visitor one if there is one. */
  readonly foreign: readonly HttpResponse[];
  readonly visitors: VisitorResponses | undefined;
}

export interface VisitorResponses {
  readonly one: HttpResponse;
  readonly two: HttpResponse;
  readonly oneAgain: HttpResponse;
  /** Response to visitor one, who claims a made-up `user_id`. */
  readonly oneClaimingOther: HttpResponse;
}

/** A reserved name (RFC 2606), so no endpoint allows it on purpose. */
export const FOREIGN_ORIGIN = 'https://coze-chat-embed-doctor.invalid';

const INITIAL_BODY = JSON.stringify({ reason: 'initial' });

/** `undefined` if one of the requests gets no response. */
export async function probeEndpoint(
  endpoint: URL,
  visitors: TwoVisitors | undefined,
  { fetch, randomBytes }: DoctorDeps,
): Promise<ProbeResponses | undefined> {
  const [firstClaim, secondClaim] = [createClaim(randomBytes), createClaim(randomBytes)];
  const ownPage = { origin: endpoint.origin, 'sec-fetch-site': 'same-origin' };
  const otherPage = { origin: FOREIGN_ORIGIN, 'sec-fetch-site': 'cross-site' };
  const [one, two] = visitors ?? [];

  async function ask(
    method: string,
    visitor: VisitorHeader | undefined,
    page: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<HttpResponse> {
    const headers = {
      accept: 'application/json',
      ...page,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(visitor !== undefined && { [visitor.name]: visitor.value }),
    };
    const response = await send(fetch, endpoint.href, { method, headers, ...(body !== undefined && { body }) });
    if (!response.ok) throw new NoResponseError();
    return response.value;
  }
  const preflight = { ...otherPage, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };

  // Sequential, because a burst could run into a rate limit.
  try {
    return {
      url: endpoint,
      anonymous: await ask('POST', undefined, ownPage, INITIAL_BODY),
      get: await ask('GET', one, ownPage),
      brokenJson: await ask('POST', undefined, ownPage, '{"reason":'),
      claims: [
        await ask('POST', undefined, ownPage, firstClaim),
        await ask('POST', undefined, ownPage, firstClaim),
        await ask('POST', undefined, ownPage, secondClaim),
      ],
      foreign: [
        await ask('POST', one, otherPage, INITIAL_BODY),
        await ask('POST', one, { ...otherPage, origin: 'null' }, INITIAL_BODY),
        await ask('OPTIONS', undefined, preflight),
      ],
      visitors: one &&
        two && {
          one: await ask('POST', one, ownPage, INITIAL_BODY),
          two: await ask('POST', two, ownPage, INITIAL_BODY),
          oneAgain: await ask('POST', one, ownPage, INITIAL_BODY),
          oneClaimingOther: await ask('POST', one, ownPage, firstClaim),
        },
    };
  } catch (error) {
    if (error instanceof NoResponseError) return undefined;
    throw error;
  }
}

/** Whether anything answers at the URL when {@link probeEndpoint} got no response. */
export async function answersWithoutBody(endpoint: URL, { fetch }: DoctorDeps): Promise<boolean> {
  const response = await send(fetch, endpoint.href, { method: 'GET', headers: { accept: 'application/json' } });
  return response.ok;
}

/** The body of a request that claims a made-up `user_id`. */
function createClaim(randomBytes: DoctorDeps['randomBytes']): string {
  return JSON.stringify({ user_id: `doctor-${base64url.encode(randomBytes(12))}`, reason: 'initial' });
}

class NoResponseError extends Error {}
