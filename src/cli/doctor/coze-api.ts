/** Calls Coze's API as one user, and interprets its responses. */
import { z } from 'zod';
import type { Result } from '../../core/result.js';
import { trimTrailingSlashes } from '../../core/url.js';
import { type HttpResponse, type NoResponse, send } from './http.js';

export interface CozeCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Including the query. */
  readonly path: string;
  readonly body?: object | FormData;
}

export type CozeResponse = Result<HttpResponse, NoResponse>;

/** Sends a request as one user. */
export type CozeCaller = (call: CozeCall) => Promise<CozeResponse>;

/** The Chat SDK's channel. */
export const CONNECTOR_ID = '999';

/** @param accessToken without it the calls are anonymous */
export function createCaller(fetch: typeof globalThis.fetch, apiBaseUrl: string, accessToken?: string): CozeCaller {
  const base = trimTrailingSlashes(apiBaseUrl);
  return ({ method, path, body }) => {
    const isForm = body instanceof FormData;
    return send(fetch, `${base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
  };
}

const envelopeSchema = z.object({ code: z.number().int() });

/** Coze's numeric code; 0 is success. `undefined` if this is no response of Coze's API. */
export function getCode(response: CozeResponse): number | undefined {
  return response.ok ? envelopeSchema.safeParse(response.value.json).data?.code : undefined;
}

export function isSuccess(response: CozeResponse): boolean {
  return response.ok && response.value.status === 200 && getCode(response) === 0;
}

/** "Authentication is invalid", "no permission" (also sent for a wrong token) and "access token invalid". */
const PERMISSION_CODES: ReadonlySet<number | undefined> = new Set([4100, 4101, 700012006]);

/** Whether the token has no permission for this call. */
export function lacksPermission(response: CozeResponse): boolean {
  return response.ok && (response.value.status === 401 || response.value.status === 403 || PERMISSION_CODES.has(getCode(response)));
}

/** "Invalid chat", "invalid conversation", "no permission for the resource", "not found or not of this account". */
const ACCESS_DENIED_CODES: ReadonlySet<number | undefined> = new Set([4001, 4002, 4101, 4200]);

/** Whether Coze denies this user access to this conversation. A server error or a rejected token does not prove that. */
export function isAccessDenied(response: CozeResponse): boolean {
  return (
    response.ok &&
    (response.value.status === 403 ||
      response.value.status === 404 ||
      (response.value.status < 401 && ACCESS_DENIED_CODES.has(getCode(response))))
  );
}

/** Describes a response for the report: only by numbers and the log id that Coze's support asks for. */
export function describeResponse(response: CozeResponse): string {
  if (!response.ok) return 'Coze did not answer';
  const code = getCode(response);
  const logId = response.value.headers.get('x-tt-logid') ?? '';
  return [
    `HTTP ${response.value.status}`,
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(/^[0-9A-Fa-f]{8,64}$/.test(logId) ? [`log id ${logId}`] : []),
  ].join(', ');
}
