/** The API's response to a question, on the turn's connection: its bytes, and what of it is not as it should be. */
import type { ResponseHead } from '../../../platform/axios/contract.js';
import { readEventStream } from './event-stream.js';
import type { TurnConnection } from './turn-connection.js';

export async function* readTurn(body: ReadableStream<Uint8Array>, connection: TurnConnection): AsyncGenerator<Uint8Array> {
  try {
    yield* readEventStream(body, () => connection.noteBytes());
  } catch (error) {
    // Who reads it takes this for the end (`@coze/api`, `fetchAPI`).
    connection.noteFailure(`the connection broke off (${error instanceof Error ? error.name : 'unknown'})`);
    throw error;
  }
}

/** An error of a gateway, or a page of one. Errors of Coze itself are JSON with a code, which says more. */
export function noteUnexpected({ status, contentType }: ResponseHead, connection: TurnConnection): void {
  if (status >= 400) connection.noteFailure(`the API answered with status ${status}`);
  else if (!/event-stream|json/.test(contentType))
    connection.noteFailure(`content-type ${contentType || 'none'} came in place of an event stream`);
}
