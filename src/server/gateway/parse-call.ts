/** Parses a request into a call: the fields of the endpoint's schemas, and the fields that the server sets. */
import { decodeUtf8, readBoundedBytes } from '../../core/bounded-body.js';
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { ownOptions } from '../../core/values/own-members.js';
import { safeParseOwn } from '../config/schema.js';
import { ApiProblem } from './api-problem.js';
import { MAX_CALL_VALUES, parseBoundedJson } from './endpoints/bounded-json.js';
import type { ApiCall, EndpointMatch, ServerField } from './endpoints/endpoint.js';
import { noQuery } from './endpoints/fields.js';
import type { GatewayVisitor } from './visitor.js';

const BODY_TIMEOUT_MS = 10_000;

export interface ParseRules {
  readonly visitor: GatewayVisitor;
  readonly connectorId: string;
}

/** Throws an `ApiProblem` if the request is invalid. Does not read an uploaded file. */
export async function parseCall({ endpoint, params }: EndpointMatch, request: Request, rules: ParseRules): Promise<ApiCall> {
  const query = parse(endpoint.query ?? noQuery, toObject(new URL(request.url).searchParams), 'query');
  const { body: rule } = endpoint;
  const body = rule.kind === 'json' ? parse(rule.schema, await readJson(request, rule.maxBytes), 'body') : {};
  return withServerFields({ endpoint, params, query, body }, rules);
}

/** Sets the fields of the server, and overwrites those of the browser. */
export function withServerFields({ endpoint, params, query, body }: ApiCall, rules: ParseRules): ApiCall {
  const { body: rule, serverQuery } = endpoint;
  return {
    endpoint,
    params: ownOptions(params),
    query: ownOptions({ ...query, ...serverFields(serverQuery, rules) }),
    body: ownOptions({ ...body, ...serverFields(rule.kind === 'json' ? rule.server : undefined, rules) }),
  };
}

function parse(schema: NonNullable<EndpointMatch['endpoint']['query']>, value: unknown, detail: string): Record<string, unknown> {
  const result = safeParseOwn(schema, value);
  if (!result.success) throw new ApiProblem('bad_request', { detail });
  return Object.fromEntries(Object.entries(result.data).filter(([, member]) => member !== undefined));
}

/** A repeated name could be read differently here and by the API. */
function toObject(search: URLSearchParams): Readonly<Record<string, string>> {
  const names = [...search.keys()];
  if (new Set(names).size !== names.length) throw new ApiProblem('bad_request', { detail: 'query' });
  return Object.fromEntries(search);
}

async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const { headers, body, signal } = request;
  const mediaType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json' || (headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new ApiProblem('bad_request', { detail: 'content_type' });
  }
  if (Number(headers.get('content-length')) > maxBytes) throw new ApiProblem('body_too_large');
  const deadline = { durationMs: BODY_TIMEOUT_MS, timers: systemTimers, signal };
  const bytes = await withDeadline((signal) => readBoundedBytes(body, maxBytes, signal), deadline).catch(() => {
    throw new ApiProblem('body_unreadable');
  });
  if (!bytes.ok) throw new ApiProblem('body_too_large');
  const json = parseBoundedJson(decodeUtf8(bytes.value) ?? '', MAX_CALL_VALUES);
  if (!json.ok) throw new ApiProblem('bad_request', { detail: 'json' });
  return json.value;
}

function serverFields(names: readonly ServerField[] = [], { visitor, connectorId }: ParseRules): Record<string, unknown> {
  const values: Record<ServerField, unknown> = {
    connector_id: connectorId,
    user_id: visitor.subject,
    stream: true,
    draft_mode: false,
    ext: { user_id: visitor.subject, enable_card: 'true' },
  };
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}
