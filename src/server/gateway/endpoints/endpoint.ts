/** What an endpoint of the chat is: how a request to it looks, what the server puts in, and what of the answer leaves. */
import type { z } from 'zod';

/** Fields that the server fills in, whatever the browser sends. */
export type ServerField = 'connector_id' | 'user_id' | 'stream' | 'ext' | 'draft_mode';

type Fields = z.ZodType<Record<string, unknown>>;

export type BodyRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly schema: Fields; readonly maxBytes: number; readonly server?: readonly ServerField[] }
  | { readonly kind: 'file'; readonly counts: 'upload' | 'voice' };

export type AnswerRule =
  /** `data` and the fields beside it, as far as the schemas know them. */
  | { readonly kind: 'json'; readonly data?: z.ZodType; readonly beside?: Fields }
  /** The events of a turn; `continues`: of one that has begun, and was counted then. */
  | { readonly kind: 'events'; readonly continues?: true }
  | { readonly kind: 'audio' };

export interface Endpoint {
  /** Where this package writes of it: in events, in the table of what Coze Studio has. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments that begin with a colon are ids. */
  readonly path: string;
  readonly query?: Fields;
  readonly serverQuery?: readonly ServerField[];
  readonly body: BodyRule;
  readonly answer: AnswerRule;
}

/** A request that has been parsed: nothing is in it that no schema knows. */
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

/** Ids are of digits, so that no segment of a path can be anything else. */
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
