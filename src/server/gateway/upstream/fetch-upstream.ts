/** Sends one request to the API: with our own headers, a size limit for the body, and without following redirects. */
import { decodeUtf8, readBoundedBytes } from '../../../core/bounded-body.js';
import { untilAborted } from '../../../core/deadline.js';
import { ownMembers } from '../../../core/values/own-members.js';
import { parseJson } from '../../../core/values/parse-json.js';
import { ApiProblem, toUpstreamProblem } from '../api-problem.js';
import { toPath } from '../endpoints/endpoint.js';
import type { UpstreamRequest, UpstreamResponse } from './upstream.js';

/** Enough for fifty long messages. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
const AUDIO_TYPE = /^audio\/[\w.+-]{1,40}$/;
const ACCEPTED = { json: 'application/json', events: 'text/event-stream, application/json', audio: 'audio/*, application/json' } as const;

export interface Target {
  readonly apiBaseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly token: string;
}

export async function fetchUpstream({ apiBaseUrl, fetch, token }: Target, request: UpstreamRequest): Promise<UpstreamResponse> {
  const { call, file, language, signal } = request;
  const { endpoint, query, body } = call;
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  const hasJson = endpoint.body.kind === 'json';
  const init = {
    method: endpoint.method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: ACCEPTED[endpoint.response.kind],
      ...(hasJson && { 'content-type': 'application/json' }),
      ...(file && { 'content-type': file.contentType }),
      ...(language && { 'accept-language': language }),
    },
    ...(hasJson && { body: JSON.stringify(body) }),
    ...(file && { body: file.body, duplex: 'half' }),
    redirect: 'manual' as const,
    signal,
  };
  const response = await send(fetch, `${apiBaseUrl}${toPath(call)}${search && `?${search}`}`, init, signal);
  return readResponse(response, endpoint.response.kind, signal);
}

async function send(fetch: typeof globalThis.fetch, url: string, init: object, signal: AbortSignal): Promise<Response> {
  const sent = (async () => fetch(url, ownMembers(init)))();
  try {
    return await untilAborted(sent, signal);
  } catch (error) {
    // A `fetch` of the host that does not listen to the signal may still get a response.
    void sent.then(({ body }) => body?.cancel()).catch(() => undefined);
    throw toProblem(signal, error);
  }
}

async function readResponse(response: Response, kind: 'json' | 'events' | 'audio', signal: AbortSignal): Promise<UpstreamResponse> {
  const { status, headers, body } = response;
  const contentType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isWanted = kind === 'events' ? contentType === 'text/event-stream' : kind === 'audio' && AUDIO_TYPE.test(contentType);
  if (status === 200 && isWanted && body !== null) return { kind: 'bytes', body, contentType };
  if (status >= 300 && status < 400) {
    void body?.cancel().catch(() => undefined);
    throw new ApiProblem('upstream_invalid', { upstream: { status } });
  }
  return { kind: 'json', status, body: await readJson(response, signal), logId: findLogId(headers) };
}

async function readJson({ body, status }: Response, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readBoundedBytes(body, MAX_JSON_BYTES, signal).catch((error: unknown) => {
    throw toProblem(signal, error);
  });
  const json = bytes.ok ? parseJson(decodeUtf8(bytes.value) ?? '') : undefined;
  if (json?.ok === true && typeof json.value === 'object' && json.value !== null && !Array.isArray(json.value)) {
    return json.value as Readonly<Record<string, unknown>>;
  }
  throw toUpstreamProblem(status);
}

function findLogId(headers: Headers): string | undefined {
  const logId = headers.get('x-tt-logid') ?? headers.get('x-log-id');
  return logId !== null && /^[0-9A-Fa-f-]{8,64}$/.test(logId) ? logId : undefined;
}

/** Does not use the error itself, which may contain anything. */
export function toProblem(signal: AbortSignal, error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (!signal.aborted) return new ApiProblem('upstream_unavailable');
  return signal.reason instanceof ApiProblem ? signal.reason : new ApiProblem('client_disconnected');
}
