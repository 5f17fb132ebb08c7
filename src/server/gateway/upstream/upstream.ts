/** What stands behind the gateway: Coze's cloud or a Coze Studio of one's own. */
import type { ApiCall } from '../endpoints/endpoint.js';
import type { GatewayVisitor } from '../visitor.js';

/** A file on its way through. */
export interface UpstreamFile {
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

export interface UpstreamRequest {
  readonly call: ApiCall;
  readonly visitor: GatewayVisitor;
  readonly file?: UpstreamFile | undefined;
  /** Of the texts that Coze writes. */
  readonly language: 'en' | 'zh' | undefined;
  /** Aborts when the visitor has gone, or the time is up. */
  readonly signal: AbortSignal;
}

export type UpstreamAnswer =
  /** In the form of Coze's cloud: `code`, `data` and what stands beside them. */
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>>;
      readonly logId?: string | undefined;
    }
  | { readonly kind: 'bytes'; readonly body: ReadableStream<Uint8Array>; readonly contentType: string };

export interface Upstream {
  /** Whether it has such an endpoint. */
  readonly has: (endpointName: string) => boolean;
  /** Throws an `ApiProblem` unless the conversation is the visitor's; where the API itself proves that, nothing. */
  readonly requireConversation: (visitor: GatewayVisitor, conversationId: string, signal: AbortSignal) => Promise<void>;
  /** Throws an `ApiProblem` when no answer is to be had. */
  readonly send: (request: UpstreamRequest) => Promise<UpstreamAnswer>;
  /** The code of Coze's cloud for one of this API; the same for those that are. */
  readonly toCozeCode: (code: number) => number;
  /** Resolves when the first request can be sent without a further wait. */
  readonly ready: () => Promise<void>;
}
