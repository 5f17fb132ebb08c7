/** Compares the documentation's tables of events, error codes and server options with the code. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/core/errors.js';
import * as api from '../../../src/index.js';
import { createTokenEndpoint, type TokenEndpointOptions } from '../../../src/server/index.js';
import { TokenReason } from '../../../src/token/protocol.js';
import { columnOf, projectUrl, readText, tableIn } from './markdown.js';
import { optionNames } from './option-paths.js';

type EventClass = new (fields: object) => Event;

const isEventClass = (value: unknown): value is EventClass => typeof value === 'function' && value.prototype instanceof Event;

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();

describe('Events table', () => {
  const rows = tableIn('reference/element', 'Events');
  const instances = Object.values<unknown>(api)
    .filter(isEventClass)
    .map((EventClass) => new EventClass({}));

  it('The events table names every event and no other', () => {
    expect(sorted(columnOf(rows, 'event'))).toEqual(sorted(instances.map(({ type }) => type)));
  });

  it.each(instances.map((event) => [event.type, event] as const))('The events table names the fields of %s', (type, event) => {
    const fields = rows.find((row) => row['event'] === type)?.['fields'] ?? '';
    const own = Object.keys(event).filter((name) => name !== 'isTrusted');
    expect(fields.replaceAll('`', '')).toBe(own.join(', '));
  });

  it.each(instances.map((event) => [event.type, event] as const))(
    'The events table says of %s whether it can be prevented',
    (type, event) => {
      const when = rows.find((row) => row['event'] === type)?.['when'] ?? '';
      expect(when.includes('preventDefault()')).toBe(event.cancelable);
      expect(event.bubbles && event.composed).toBe(true);
    },
  );
});

describe('Tables of codes', () => {
  it('The table of codes names every error code', () => {
    expect(columnOf(tableIn('reference/codes', 'Of the chat'), 'code')).toEqual(Object.values(ErrorCode));
  });

  it('The table of errors names every status and error that the OpenAPI document of the token endpoint has', () => {
    const rows = tableIn('guide/backends/other', 'Errors').map((row) => `${row['status']} ${row['error']}`);
    expect(sorted(rows)).toEqual(sorted(contractErrors()));
  });

  it('The table of reasons names every reason that the element sends, and no other', () => {
    expect(columnOf(tableIn('guide/backends/other', 'The request'), 'reason')).toEqual(Object.values(TokenReason));
  });
});

interface ErrorResponse {
  readonly content: {
    readonly 'application/json': { readonly schema: { readonly properties: { readonly error: { readonly enum: string[] } } } };
  };
}
interface Contract {
  readonly paths: Readonly<Record<string, { readonly post: { readonly responses: Readonly<Record<string, { readonly $ref?: string }>> } }>>;
  readonly components: { readonly responses: Readonly<Record<string, ErrorResponse>> };
}

function contractErrors(): readonly string[] {
  const { paths, components } = JSON.parse(readText('src/server/openapi.json')) as Contract;
  const responses = Object.values(paths).flatMap(({ post }) => Object.entries(post.responses));
  return responses.flatMap(([status, { $ref }]) => {
    // A success is described in place.
    if ($ref === undefined) return [];
    const response = components.responses[$ref.replace('#/components/responses/', '')];
    if (response === undefined) throw new Error(`The contract has no ${$ref}.`);
    return response.content['application/json'].schema.properties.error.enum.map((error) => `${status} ${error}`);
  });
}

describe('Tables of server options', () => {
  const rows = tableIn('reference/server', 'createTokenEndpoint');

  it('The table of server options names every option and no other', () => {
    const options = optionNames(fileURLToPath(new URL('src/server/index.ts', projectUrl)), 'TokenEndpointOptions');
    expect(sorted(columnOf(rows, 'option'))).toEqual(sorted(options));
  });

  it('The table of the gateway’s options names every option and no other', () => {
    const named = columnOf(tableIn('reference/server', 'createCozeGateway'), 'option of `gateway` and `createCozeGateway`');
    const options = optionNames(fileURLToPath(new URL('src/server/gateway/options.ts', projectUrl)), 'GatewayFields');
    // `createCozeChat` has the option `path` in addition.
    expect(sorted([...named.flatMap((names) => names.replaceAll('`', '').split(', ')), 'path'])).toEqual(sorted(options));
  });

  it.each(columnOf(rows, 'option'))('createTokenEndpoint knows the documented option %s', (option) => {
    const nothing = { [option]: undefined } as unknown as TokenEndpointOptions;
    expect(() => createTokenEndpoint(nothing)).toThrow(/^createTokenEndpoint: (?!.*unrecognized)/i);
  });
});
