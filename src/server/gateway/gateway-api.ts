/** Handles a call of the chat: verifies the visitor, checks the call's scope, forwards it, and filters the response. Read top-down. */
import type { Timers } from '../../core/clock.js';
import { durationSince, HostFunctionError } from '../config/host-functions.js';
import { createRandomId } from '../crypto/random-id.js';
import { NO_REQUEST_ID, type OperatorEvent, toSubjectPrefix } from '../reporting/operator-event.js';
import { ApiProblem } from './api-problem.js';
import { jsonResponse, preflightResponse, problemResponse, streamResponse } from './api-response.js';
import { keepInScope } from './call-scope.js';
import { CallTime } from './call-time.js';
import { type ApiCall, createMatcher, type Endpoint } from './endpoints/endpoint.js';
import type { FileIds } from './endpoints/file-ids.js';
import { ENDPOINTS } from './endpoints/table.js';
import { forwardTurn, type TurnServices } from './forward-turn.js';
import type { GatewayTokens } from './gateway-token.js';
import { parseCall, withServerFields } from './parse-call.js';
import type { Counted, Quotas } from './quotas.js';
import { toCozeProblem, toFields } from './response-fields.js';
import { askForStart, type PartRequest, START } from './start-response.js';
import { boundedStream } from './turn/bounded-stream.js';
import { openUpload, type UploadRules } from './upload/multipart-file.js';
import type { UpstreamFile, UpstreamResponse } from './upstream/upstream.js';
import type { GatewayApp, GatewayVisitor } from './visitor.js';

export interface GatewayApiOptions extends TurnServices {
  readonly tokens: GatewayTokens;
  readonly fileIds: FileIds;
  /** `undefined` counts nothing. */
  readonly quotas: Quotas | undefined;
  /** `undefined` allows no uploads. */
  readonly uploads: UploadRules | undefined;
  readonly bots: readonly string[];
  readonly apps: readonly GatewayApp[];
  readonly connectorId: string;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly timers: Timers;
}

/** Responds to a call; never rejects. `path` is relative to the gateway's own. */
export type GatewayApi = (request: Request, path: string, context: unknown) => Promise<Response>;

/** Time limit until the response begins. */
const CALL_MS = 30_000;
/** Time limit until the response of a turn begins: a bot may think for long before its first text. */
const TURN_MS = 180_000;
const FILE_MS = 10 * 60_000;
const MAX_AUDIO_BYTES = 16 * 1024 * 1024;
/** Limit for the audio itself, for visitors with a slow network. */
const AUDIO_MS = 10 * 60_000;
/** Coze's limit. */
const MAX_RECORDING_BYTES = 10 * 1024 * 1024;
/** Size of the multipart form without its file. */
const MAX_FORM_BYTES = 8192;

interface Trace {
  requestId: string;
  /** `undefined` if the clock of the host fails. */
  startedMs: number | undefined;
  endpoint: string;
  subject: string | undefined;
}

export function createGatewayApi(options: GatewayApiOptions): GatewayApi {
  const { tokens, fileIds, quotas, upstream, allowedOrigins, connectorId, timers, now, randomBytes, report } = options;
  const match = createMatcher([...ENDPOINTS, START]);
  const byName = new Map(ENDPOINTS.map((endpoint) => [endpoint.name, endpoint]));

  async function respond(request: Request, path: string, context: unknown): Promise<Response> {
    if (request.method === 'OPTIONS') return preflightResponse({ request, allowedOrigins });
    const trace: Trace = { requestId: NO_REQUEST_ID, startedMs: undefined, endpoint: 'unknown', subject: undefined };
    try {
      trace.requestId = createRandomId(randomBytes);
      trace.startedMs = now();
      return await respondToCall(request, path, context, trace);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : unexpectedProblem(error);
      reportProblem(problem, trace);
      return problemResponse(problem, { request, allowedOrigins });
    }
  }

  async function respondToCall(request: Request, path: string, context: unknown, trace: Trace): Promise<Response> {
    const found = match(request.method, path);
    if (found === undefined || !isOffered(found.endpoint)) throw new ApiProblem('unknown_endpoint');
    const { endpoint } = found;
    trace.endpoint = endpoint.name;
    const visitor = await requireVisitor(request);
    trace.subject = visitor.subject;
    await quotas?.count({ subject: visitor.subject, request, context }, toCounted(endpoint));
    const parsed = await parseCall(found, request, { visitor, connectorId });

    const time = new CallTime(request.signal, toCallMs(endpoint), timers);
    try {
      const call = await keepInScope(parsed, { visitor, upstream, fileIds, signal: time.signal });
      const send = (sent: ApiCall, file?: UpstreamFile): Promise<UpstreamResponse> =>
        upstream.send({ call: sent, visitor, file, language: toLanguage(request), signal: time.signal });
      if (endpoint === START) return await respondToStart({ call, visitor, time, send, request });
      if (endpoint.response.kind === 'events') return await respondToTurn({ call, visitor, time, send, request, trace });
      if (endpoint.response.kind === 'audio') return await respondWithAudio({ call, visitor, time, send, request });
      const response = await send(call, await openFile(endpoint, request, time));
      return await toResponse(response, { endpoint, visitor, time, request });
    } catch (error) {
      time.end();
      // The reason of the abort is more precise than the error that it caused.
      throw time.signal.aborted && time.signal.reason instanceof ApiProblem ? time.signal.reason : error;
    }
  }

  /** Verifies the token. Bots and apps that the gateway no longer offers are removed. */
  async function requireVisitor({ headers }: Request): Promise<GatewayVisitor> {
    const [, token] = /^Bearer +([\w.-]+)$/i.exec(headers.get('authorization') ?? '') ?? [];
    const visitor = token === undefined ? undefined : await tokens.verify(token);
    if (visitor === undefined) throw new ApiProblem('token_invalid');
    const apps = options.apps.filter((app) => visitor.apps.some((one) => one.appId === app.appId && one.workflowId === app.workflowId));
    return { ...visitor, bots: options.bots.filter((bot) => visitor.bots.includes(bot)), apps };
  }

  interface ScopedCall {
    readonly call: ApiCall;
    readonly visitor: GatewayVisitor;
    readonly time: CallTime;
    readonly send: (call: ApiCall) => Promise<UpstreamResponse>;
    readonly request: Request;
  }

  async function respondToStart({ call, visitor, time, send, request }: ScopedCall): Promise<Response> {
    const ask = async (part: PartRequest): Promise<Readonly<Record<string, unknown>>> => {
      const parsed = toCall(part, visitor);
      const response = await send(await keepInScope(parsed, { visitor, upstream, fileIds, signal: time.signal }));
      if (response.kind !== 'json') throw new ApiProblem('upstream_invalid', { detail: 'shape' });
      return toFields(response, parsed.endpoint, upstream);
    };
    const data = await askForStart(call.query, ask);
    if (time.signal.aborted) throw new ApiProblem('client_disconnected');
    time.end();
    return jsonResponse({ code: 0, msg: '', data }, { request, allowedOrigins });
  }

  function toCall({ endpoint: name, params = {}, query = {}, body = {} }: PartRequest, visitor: GatewayVisitor): ApiCall {
    const endpoint = byName.get(name);
    if (endpoint === undefined || !isOffered(endpoint)) throw new ApiProblem('unknown_endpoint');
    return withServerFields({ endpoint, params, query, body }, { visitor, connectorId });
  }

  function isOffered(endpoint: Endpoint): boolean {
    return endpoint === START || upstream.has(endpoint.name);
  }

  async function respondToTurn({ call, visitor, time, send, request, trace }: ScopedCall & { readonly trace: Trace }): Promise<Response> {
    const release = quotas?.begin(visitor.subject) ?? (() => undefined);
    const { requestId } = trace;
    try {
      const turn = { call, visitor, requestId, time, disconnected: request.signal, send };
      const result = await forwardTurn(options, turn, release);
      if ('body' in result) return streamResponse(result.body, 'text/event-stream', { request, allowedOrigins });
      throw toCozeProblem(result.response, upstream);
    } catch (error) {
      release();
      throw error;
    }
  }

  async function respondWithAudio({ call, visitor, time, send, request }: ScopedCall): Promise<Response> {
    // Has the same maximum as answers, but is counted separately: reading aloud must not prevent the visitor from asking.
    const release = quotas?.begin(`${visitor.subject} audio`) ?? (() => undefined);
    try {
      const response = await send(call);
      if (response.kind === 'json') throw toCozeProblem(response, upstream);
      time.limit(AUDIO_MS);
      const onEnd = (): void => {
        time.end();
        release();
      };
      const body = boundedStream({ body: response.body, maxBytes: MAX_AUDIO_BYTES, signal: time.signal, onEnd });
      return streamResponse(body, response.contentType, { request, allowedOrigins });
    } catch (error) {
      release();
      throw error;
    }
  }

  function openFile(endpoint: Endpoint, request: Request, time: CallTime): Promise<UpstreamFile | undefined> {
    const { body: rule } = endpoint;
    if (rule.kind !== 'file') return Promise.resolve(undefined);
    const rules = rule.counts === 'voice' ? { maxBytes: MAX_RECORDING_BYTES, accepts: isRecording } : options.uploads;
    if (rules === undefined) throw new ApiProblem('file_type');
    const { headers, body } = request;
    if (Number(headers.get('content-length')) > rules.maxBytes + MAX_FORM_BYTES) throw new ApiProblem('file_too_large');
    const boundary = `gateway-${createRandomId(randomBytes)}`;
    const call = { boundary, signal: time.signal, stop: (problem: ApiProblem) => time.stop(problem) };
    return openUpload({ contentType: headers.get('content-type'), body }, rules, call);
  }

  interface ResponseParts {
    readonly endpoint: Endpoint;
    readonly visitor: GatewayVisitor;
    readonly time: CallTime;
    readonly request: Request;
  }

  async function toResponse(response: UpstreamResponse, { endpoint, visitor, time, request }: ResponseParts): Promise<Response> {
    if (response.kind === 'bytes') throw new ApiProblem('upstream_invalid', { detail: 'shape' });
    const fields = toFields(response, endpoint, upstream);
    const body = endpoint.name === 'upload_file' ? await sealFileId(fields, visitor) : fields;
    time.end();
    return jsonResponse(body, { request, allowedOrigins });
  }

  async function sealFileId(fields: Record<string, unknown>, { subject }: GatewayVisitor): Promise<Record<string, unknown>> {
    const data = fields['data'] as { readonly id: string };
    return { ...fields, data: { ...data, id: await fileIds.seal(data.id, subject) } };
  }

  function reportProblem({ reason, wire, details }: ApiProblem, { requestId, startedMs, endpoint, subject }: Trace): void {
    const { detail, upstream: seen } = details;
    report({
      type: 'call_refused',
      requestId,
      endpoint,
      status: wire.status,
      code: wire.code,
      reason,
      ...(detail !== undefined && { detail }),
      ...(seen !== undefined && { upstream: seen }),
      ...(subject !== undefined && { subject: toSubjectPrefix(subject) }),
      durationMs: startedMs === undefined ? 0 : durationSince(startedMs, now),
    } satisfies OperatorEvent);
  }

  return respond;
}

/** Keeps only the fact, because the error may hold anything, and which function of the host's failed. */
function unexpectedProblem(error: unknown): ApiProblem {
  return new ApiProblem('unexpected', error instanceof HostFunctionError ? { detail: error.word } : {});
}

/** Accepts recordings of browsers, which may label them as video or unknown data. */
function isRecording(_name: string, mediaType: string): boolean {
  return /^(?:audio|video)\//.test(mediaType) || mediaType === 'application/octet-stream';
}

function toCounted({ response, body }: Endpoint): Counted {
  if (response.kind === 'events') return response.continues ? 'nothing' : 'message';
  return body.kind === 'file' ? 'upload' : 'nothing';
}

function toCallMs({ response, body }: Endpoint): number {
  if (body.kind === 'file') return FILE_MS;
  return response.kind === 'events' ? TURN_MS : CALL_MS;
}

function toLanguage({ headers }: Request): 'en' | 'zh' | undefined {
  const [language] = /^(?:en|zh)/.exec(headers.get('accept-language')?.trim().toLowerCase() ?? '') ?? [];
  return language === 'zh' ? 'zh' : language === 'en' ? 'en' : undefined;
}
