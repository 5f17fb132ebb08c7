/** Reads the API's response to a question, and reports its bytes and errors to the turn's connection. */
import type { ResponseHead } from '../../../platform/axios/contract.js';
import { readEventStream } from './event-stream.js';
import type { TurnConnection } from './turn-connection.js';

export async function* readTurn(body: ReadableStream<Uint8Array>, connection: TurnConnection): AsyncGenerator<Uint8Array> {
  try {
    yield* readEventStream(body, () => connection.reportBytes());
  } catch (error) {
    // The SDK's reader treats an error as the end of the answer (`@coze/api`, `fetchAPI`).
    connection.recordFailure(`the connection broke off (${error instanceof Error ? error.name : 'unknown'})`);
    throw error;
  }
}

/** Records an error of a gateway or proxy, such as an HTML page. Coze's own errors are JSON with a code, which says more. */
export function recordUnexpectedResponse({ status, contentType }: ResponseHead, connection: TurnConnection): void {
  if (status >= 400) connection.recordFailure(`the API answered with status ${status}`);
  else if (!/event-stream|json/.test(contentType))
    connection.recordFailure(`content-type ${contentType || 'none'} came in place of an event stream`);
}
