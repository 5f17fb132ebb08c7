/** Compares the published contract with the running handler, in both directions. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TokenEndpointError } from '../../../../src/server/index.js';
import { runs } from '../../../support/runs.js';
import { arrange, type Changes, quickApp, type RequestChanges, SITE_ORIGIN, tokenRequest } from '../arrange.js';
import { cozeErrorAnswer } from '../coze/fake-coze.js';

type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;

const contract = resolve(
  JSON.parse(readFileSync(new URL('../../../../src/server/openapi.json', import.meta.url), 'utf8')) as Json,
) as unknown as Contract;

interface Contract {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<'post' | 'options', Operation>>>>;
}
interface Operation {
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}
interface DocumentedResponse {
  readonly headers: Readonly<Record<string, { readonly required?: boolean; readonly schema: object }>>;
  readonly content?: {
    readonly 'application/json': { readonly schema: { readonly properties?: { readonly error?: { readonly enum: readonly string[] } } } };
  };
}

/** Replaces each `$ref` by its target. */
function resolve(document: Json): Json {
  const lookUp = (reference: string): Json =>
    reference
      .slice(2)
      .split('/')
      .reduce<Json>((node, key) => (node as { readonly [key: string]: Json })[key] ?? null, document);
  const expand = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(expand);
    if (typeof node !== 'object' || node === null) return node;
    const reference = (node as { readonly $ref?: Json }).$ref;
    if (typeof reference === 'string') return expand(lookUp(reference));
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, expand(value)]));
  };
  return expand(document);
}

function matches(schema: object, value: unknown): boolean {
  return z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(value).success;
}

const { post, options } = Object.values(contract.paths)[0] ?? { post: undefined, options: undefined };
if (post === undefined || options === undefined) throw new Error('The contract has no operation.');

const limit = { rateLimit: { perSubject: { requests: 1, perSeconds: 60 } } };
const situations: readonly [string, string, Changes, RequestChanges?][] = [
  ['200', '', {}],
  ['200', '', { identify: () => ({ id: 'alice', setCookie: 'visitor=1' }) }],
  ['200', '', {}, { body: { reason: 'verify' } }],
  ['200', '', { identify: () => ({ id: 'alice', setCookie: 'visitor=1', isNew: true }) }, { body: { reason: 'verify' } }],
  ['400', 'invalid_request', {}, { body: '[]' }],
  ['401', 'unauthenticated', { identify: () => null }],
  ['403', 'forbidden_origin', {}, { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['403', 'identity_mismatch', {}, { body: { user_id: 'bob' } }],
  ['405', 'method_not_allowed', {}, { method: 'GET' }],
  ['413', 'body_too_large', {}, { body: ' '.repeat(5000) }],
  ['415', 'unsupported_media_type', {}, { headers: { 'content-type': 'text/plain' } }],
  ['429', 'rate_limited', limit],
  ['500', 'identity_error', { identify: () => undefined }],
  ['500', 'upstream_rejected', { coze: () => cozeErrorAnswer(401, 'invalid_client') }],
  ['500', 'server_error', { oauth: { ...quickApp, sign: () => Promise.reject(new Error('no key')) } }],
  ['502', 'upstream_invalid', { coze: () => new Response('<html>') }],
  ['503', 'upstream_unavailable', { coze: () => new Response('', { status: 503 }) }],
  ['503', 'upstream_unavailable', { coze: () => new Response('', { status: 429 }) }],
];

function undocumentedHeaders(response: Response, documented: DocumentedResponse): string[] {
  const known = new Set([...Object.keys(documented.headers).map((name) => name.toLowerCase()), 'content-type']);
  return [...response.headers.keys()].filter((name) => !known.has(name) && !name.startsWith('access-control-'));
}

function brokenHeaders(response: Response, documented: DocumentedResponse): string[] {
  return Object.entries(documented.headers).flatMap(([name, { required = false, schema }]) => {
    const value = response.headers.get(name);
    const isRight = value === null ? !required : matches(schema, value);
    return isRight ? [] : [`${name}: ${value}`];
  });
}

describe('OpenAPI contract', () => {
  it.each(situations)('The contract describes the handler’s response %s %s', async (status, error, changes, request) => {
    const { endpoint } = arrange(changes);
    if (status === '429') await endpoint(tokenRequest(request));
    const response = await endpoint(tokenRequest(request));
    const documented = post.responses[status];
    expect(String(response.status)).toBe(status);
    if (documented?.content === undefined) throw new Error(`${status} is not documented.`);

    const body = (await response.json()) as { readonly error?: string };
    expect(matches(documented.content['application/json'].schema, body)).toBe(true);
    expect(body.error ?? '').toBe(error);
    expect(brokenHeaders(response, documented)).toEqual([]);
    expect(undocumentedHeaders(response, documented)).toEqual([]);
  });

  it('The contract describes the preflight, granted or not', async () => {
    const documented = options.responses['204'];
    if (documented === undefined) throw new Error('204 is not documented.');
    for (const allowedOrigins of [[SITE_ORIGIN], []]) {
      const { endpoint } = arrange({ allowedOrigins });
      const response = await endpoint(tokenRequest({ method: 'OPTIONS', body: null, headers: { 'content-type': undefined } }));
      expect(response.status).toBe(204);
      expect(brokenHeaders(response, documented)).toEqual([]);
      expect(undocumentedHeaders(response, documented)).toEqual([]);
    }
  });

  it('The contract contains exactly the statuses and error names of the handler', () => {
    const phrase = Object.values(post.responses).flatMap(
      ({ content }) => content?.['application/json'].schema.properties?.error?.enum ?? [],
    );
    expect([...phrase].sort()).toEqual(Object.values(TokenEndpointError).sort());
    const reached = new Set([...situations.map(([status]) => status), '504']);
    expect(Object.keys(post.responses).sort()).toEqual([...reached].sort());
  });

  it('The contract accepts exactly the bodies that the handler accepts', async () => {
    const { endpoint } = arrange({ identify: () => null });
    const value = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constant('manual'),
      fc.constant(null),
      fc.integer(),
      fc.boolean(),
      fc.constant([]),
      fc.constant({}),
    );
    const body = fc.oneof(
      fc.record({ user_id: value, identity_token: value, reason: value, other: value }, { requiredKeys: [] }),
      fc.jsonValue({ maxDepth: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (json) => {
        const { status } = await endpoint(tokenRequest({ body: JSON.stringify(json) }));
        expect(status).toBe(matches(post.requestBody.content['application/json'].schema, json) ? 401 : 400);
      }),
      { numRuns: runs(1000) },
    );
  }, 30_000);

  it('The contract is in OpenAPI 3.1', () => {
    expect(contract.openapi).toMatch(/^3\.1\./);
  });
});
