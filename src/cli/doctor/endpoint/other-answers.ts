/** Distinguishes the endpoint's own responses from those of software in front of it: a log-in, or a body parser. Pure. */
import { z } from 'zod';
import type { HttpResponse } from '../http.js';
import type { ProbeResponses } from './endpoint-probe.js';

export function isRedirect({ status }: HttpResponse): boolean {
  return status >= 300 && status < 400;
}

export function isHtml({ headers }: HttpResponse): boolean {
  return (headers.get('content-type') ?? '').toLowerCase().includes('html');
}

/** Whether the response is a redirect or an HTML page, which says nothing about the endpoint. */
export function isFromSoftwareInFront(response: HttpResponse): boolean {
  return isRedirect(response) || isHtml(response);
}

export function forbidsStoring({ headers }: HttpResponse): boolean {
  return /(^|[\s,])no-store($|[\s,;])/i.test(headers.get('cache-control') ?? '');
}

export function isRefused({ status }: HttpResponse): boolean {
  return status === 400 || status === 415 || status === 422;
}

const errorSchema = z.object({ error: z.string() });

export function isJsonError({ json }: HttpResponse): boolean {
  return errorSchema.safeParse(json).success;
}

/** Matches every error response of this package's server part. */
const ownErrorSchema = z.object({ error: z.string(), request_id: z.string().regex(/^[0-9a-f]{32}$/) });

/** Whether the endpoint is of this package. */
export function isOwnEndpoint({ get: { status, json } }: ProbeResponses): boolean {
  const parsed = ownErrorSchema.safeParse(json);
  return status === 405 && parsed.success && parsed.data.error === 'method_not_allowed';
}

/**
 * Whether a body parser in front of the endpoint refuses a body that is not JSON, and the endpoint itself answers all other requests. Every request
 * of a chat then arrives. An endpoint that is not of this package is recognised by the form of its other responses.
 */
export function isParserAnswer(responses: ProbeResponses): boolean {
  const { brokenJson, anonymous, claims } = responses;
  if (isRedirect(brokenJson) || brokenJson.status === 429) return false;
  if (isOwnEndpoint(responses)) return brokenJson.status >= 400 && !ownErrorSchema.safeParse(brokenJson.json).success;
  if (!isRefused(brokenJson)) return false;
  const others = [anonymous, ...claims];
  const hasOtherForm = !isJsonError(brokenJson) && others.every((response) => isJsonError(response) || response.status === 200);
  return hasOtherForm || (!forbidsStoring(brokenJson) && others.every(forbidsStoring));
}
