/** The API behind the gateway: Coze's cloud or a self-hosted Coze Studio. */
import type { ApiCall } from '../endpoints/endpoint.js';
import type { GatewayVisitor } from '../visitor.js';

/** An uploaded file as a stream. */
export interface UpstreamFile {
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

export interface UpstreamRequest {
  readonly call: ApiCall;
  readonly visitor: GatewayVisitor;
  readonly file?: UpstreamFile | undefined;
  /** Language of the texts that Coze writes. */
  readonly language: 'en' | 'zh' | undefined;
  /** Aborts when the visitor disconnects, or at the time limit. */
  readonly signal: AbortSignal;
}

export type UpstreamResponse =
  /** In the form of Coze's cloud: `code`, `data` and the members beside them. */
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: Readonly<Record<string, unknown>>;
      readonly logId?: string | undefined;
    }
  | { readonly kind: 'bytes'; readonly body: ReadableStream<Uint8Array>; readonly contentType: string };

export interface Upstream {
  /** Whether the API has this endpoint. */
  readonly has: (endpointName: string) => boolean;
  /** Throws an `ApiProblem` unless the conversation is the visitor's. Does nothing if the API itself checks that. */
  readonly requireConversation: (visitor: GatewayVisitor, conversationId: string, signal: AbortSignal) => Promise<void>;
  /** Throws an `ApiProblem` if there is no usable response. */
  readonly send: (request: UpstreamRequest) => Promise<UpstreamResponse>;
  /** Maps a code of this API to that of Coze's cloud. */
  readonly toCozeCode: (code: number) => number;
  /** Resolves when the first request can be sent without delay. */
  readonly ready: () => Promise<void>;
}
