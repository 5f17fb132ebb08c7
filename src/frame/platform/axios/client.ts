/** An HTTP client with interceptors, like that of `axios.create()`. */
import type { HttpRequest, HttpResponse, OutgoingRequest } from './contract.js';
import { RequestHeaders } from './request-headers.js';
import { send } from './send.js';

type Interceptor<Value> = (value: Value) => Value | Promise<Value>;

export interface HttpClient {
  (request: HttpRequest): Promise<HttpResponse>;
  readonly interceptors: {
    readonly request: { use(intercept: Interceptor<OutgoingRequest>): void };
    /** `recover` gets the error of the previous step; its result becomes the response. */
    readonly response: { use(intercept: Interceptor<HttpResponse>, recover?: (failure: unknown) => unknown): void };
  };
}

/** Interceptors run in the order of `use`, for requests before `send`, for responses after it. */
export function createClient(): HttpClient {
  const before: Interceptor<OutgoingRequest>[] = [];
  const after: (readonly [Interceptor<HttpResponse>, ((failure: unknown) => unknown)?])[] = [];

  const client = (request: HttpRequest): Promise<HttpResponse> => {
    const outgoing = Promise.resolve({ ...request, headers: new RequestHeaders(request.headers) });
    const response = before.reduce<Promise<OutgoingRequest>>((coming, intercept) => coming.then(intercept), outgoing).then(send);
    return after.reduce<Promise<unknown>>(
      (coming, [intercept, recover]) => coming.then(intercept as (response: unknown) => unknown, recover),
      response,
    ) as Promise<HttpResponse>;
  };
  return Object.assign(client, {
    interceptors: {
      request: { use: (intercept: Interceptor<OutgoingRequest>) => void before.push(intercept) },
      response: {
        use: (intercept: Interceptor<HttpResponse>, recover?: (failure: unknown) => unknown) => void after.push([intercept, recover]),
      },
    },
  });
}
