/** Types of an endpoint: the form of its requests, the fields that the server sets, and the part of the response that the browser gets. */
import type { z } from 'zod';

/** Fields that the server sets, whatever the browser sends. */
export type ServerField = 'connector_id' | 'user_id' | 'stream' | 'ext' | 'draft_mode';

type Fields = z.ZodType<Record<string, unknown>>;

export type BodyRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly schema: Fields; readonly maxBytes: number; readonly server?: readonly ServerField[] }
  | { readonly kind: 'file'; readonly counts: 'upload' | 'voice' };

export type ResponseRule =
  /** `data` and the fields beside it that the schemas name. */
  | { readonly kind: 'json'; readonly data?: z.ZodType; readonly beside?: Fields }
  /** The events of a turn. `continues` marks a running turn, which was counted when it began. */
  | { readonly kind: 'events'; readonly continues?: true }
  | { readonly kind: 'audio' };

export interface Endpoint {
  /** Name in events, and in the table of Coze Studio's endpoints. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments that begin with a colon are ids. */
  readonly path: string;
  readonly query?: Fields;
  readonly serverQuery?: readonly ServerField[];
  readonly body: BodyRule;
  readonly response: ResponseRule;
}

/** A parsed request; it has only members that a schema names. */
export interface ApiCall {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface EndpointMatch {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** Ids consist of digits, so that a path segment cannot be anything else. */
const ID_SEGMENT = String.raw`(\d{1,20})`;

/** Finds the endpoint of a method and a path. */
export function createMatcher(endpoints: readonly Endpoint[]): (method: string, path: string) => EndpointMatch | undefined {
  const patterns = endpoints.map((endpoint) => ({
    endpoint,
    pattern: new RegExp(`^${endpoint.path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, ID_SEGMENT)}$`),
    names: [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name),
  }));
  return (method, path) => {
    for (const { endpoint, pattern, names } of patterns) {
      const found = endpoint.method === method ? pattern.exec(path) : null;
      if (found === null) continue;
      const params = Object.create(null) as Record<string, string>;
      names.forEach((name, index) => (params[name] = found[index + 1] ?? ''));
      return { endpoint, params };
    }
    return undefined;
  };
}

export function toPath({ endpoint, params }: EndpointMatch): string {
  return endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
}
