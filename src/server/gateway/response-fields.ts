/** What the browser gets of a JSON response of the API: its permitted fields, or the code of its error. */
import { asNumber } from '../../core/values/foreign-value.js';
import { ownMembers } from '../../core/values/own-members.js';
import { safeParseOwn } from '../config/schema.js';
import { ApiProblem, toUpstreamProblem } from './api-problem.js';
import type { Endpoint } from './endpoints/endpoint.js';
import type { Upstream, UpstreamResponse } from './upstream/upstream.js';

type JsonResponse = Extract<UpstreamResponse, { readonly kind: 'json' }>;

/** Throws an `ApiProblem` if the call failed, or if the response has nothing that the chat can use. */
export function toFields(response: JsonResponse, endpoint: Endpoint, upstream: Pick<Upstream, 'toCozeCode'>): Record<string, unknown> {
  if (!isSuccess(response)) throw toCozeProblem(response, upstream);
  return { code: 0, msg: '', ...filterFields(endpoint, response.body) };
}

export function toCozeProblem({ body, status }: JsonResponse, { toCozeCode }: Pick<Upstream, 'toCozeCode'>): ApiProblem {
  const code = asNumber(body['code'] ?? 0);
  return Number.isSafeInteger(code) && code !== 0 ? ApiProblem.ofCoze(toCozeCode(code), status) : toUpstreamProblem(status);
}

function isSuccess({ status, body }: JsonResponse): boolean {
  return status >= 200 && status < 300 && asNumber(body['code'] ?? 0) === 0;
}

function filterFields({ response }: Endpoint, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (response.kind !== 'json') return {};
  const beside = response.beside === undefined ? undefined : safeParseOwn(response.beside, body);
  const data = response.data === undefined ? undefined : safeParseOwn(response.data, body['data'] ?? {});
  if (data?.success === false || beside?.success === false) throw new ApiProblem('upstream_invalid', { detail: 'shape' });
  return ownMembers({ ...beside?.data, ...(data && { data: data.data }) });
}
