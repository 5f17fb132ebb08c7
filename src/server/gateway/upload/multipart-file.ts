/**
 * Extracts the one file of the visitor's multipart form (RFC 7578) while it streams in, and puts it into a form of our own. Coze gets the
 * file's bytes, a cleaned name and a media type, and no other part.
 */
import { decodeUtf8 } from '../../../core/bounded-body.js';
import { ownOptions } from '../../../core/values/own-members.js';
import { callHost } from '../../identity/call-host.js';
import { ApiProblem } from '../api-problem.js';
import type { UpstreamFile } from '../upstream/upstream.js';

export interface UploadRules {
  readonly maxBytes: number;
  readonly accepts: (name: string, mediaType: string) => boolean | Promise<boolean>;
}

export interface UploadSource {
  readonly contentType: string | null;
  readonly body: ReadableStream<Uint8Array> | null;
}

const MAX_HEAD_BYTES = 4096;
const MAX_NAME_LENGTH = 200;
const BOUNDARY = /^multipart\/form-data\s*;.*?\bboundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+,./:=?-]{1,70}))/i;
const NAME = /;\s*name="([^"]*)"/i;
const FILE_NAME = /;\s*filename="([^"]*)"/i;
const MEDIA_TYPE = /^content-type:\s*([\w.+-]{1,60}\/[\w.+-]{1,100})/im;

export interface UploadCall {
  readonly boundary: string;
  /** Aborts at the time limit of the call, or when the visitor disconnects. */
  readonly signal: AbortSignal;
  /** Aborts the request that sends the file; the problem is the reason. */
  readonly stop: (problem: ApiProblem) => void;
}

/** Reads up to the file's first bytes. */
export async function openUpload(
  { contentType, body }: UploadSource,
  rules: UploadRules,
  { boundary, signal, stop }: UploadCall,
): Promise<UpstreamFile> {
  const [, quoted, plain] = BOUNDARY.exec(contentType ?? '') ?? [];
  const foreign = quoted ?? plain;
  if (foreign === undefined || body === null) throw new ApiProblem('file_missing');
  const bytes = new PartReader(body.getReader(), new TextEncoder().encode(`\r\n--${foreign}`));
  // Ends a pending read, too: nothing else does so if the server has no time limit for a body.
  signal.addEventListener('abort', () => bytes.cancel());
  const head = await bytes.readHead();
  const [, field] = NAME.exec(head) ?? [];
  const [, fileName] = FILE_NAME.exec(head) ?? [];
  if (field !== 'file' || fileName === undefined) throw new ApiProblem('file_missing');
  const mediaType = MEDIA_TYPE.exec(head)?.[1]?.toLowerCase() ?? 'application/octet-stream';
  const name = cleanName(fileName);
  const isAccepted = await callHost(() => rules.accepts(name, mediaType), signal).catch(() => {
    throw new ApiProblem('hook_failed', { detail: 'accepts' });
  });
  if (!isAccepted) throw new ApiProblem('file_type');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: toForm(bytes, { name, mediaType, boundary, maxBytes: rules.maxBytes, stop }),
  };
}

interface Form {
  readonly name: string;
  readonly mediaType: string;
  readonly boundary: string;
  readonly maxBytes: number;
  readonly stop: (problem: ApiProblem) => void;
}

function toForm(bytes: PartReader, { name, mediaType, boundary, maxBytes, stop }: Form): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let sent = 0;
  let isBegun = false;
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (!isBegun) {
      isBegun = true;
      const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${mediaType}\r\n\r\n`;
      return controller.enqueue(encoder.encode(head));
    }
    const piece = await bytes.read();
    if (piece === undefined) {
      if (sent === 0) throw new ApiProblem('file_missing');
      controller.enqueue(encoder.encode(`\r\n--${boundary}--\r\n`));
      return controller.close();
    }
    sent += piece.byteLength;
    if (sent > maxBytes) throw new ApiProblem('file_too_large');
    controller.enqueue(piece);
  }
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        await pull(controller);
      } catch (error) {
        const problem = error instanceof ApiProblem ? error : new ApiProblem('body_unreadable');
        bytes.cancel();
        stop(problem);
        controller.error(problem);
      }
    },
    cancel: () => bytes.cancel(),
  };
  return new ReadableStream(ownOptions(source), ownOptions({ highWaterMark: 0 }));
}

/** Keeps the percent-encoding of browsers, and replaces characters that have a meaning in a header or a path. */
function cleanName(name: string): string {
  const clean = [...name.replaceAll(/[\p{C}"\\/]/gu, '_')].slice(-MAX_NAME_LENGTH).join('');
  return clean === '' ? 'file' : clean;
}

/** Reads the first part of a form, up to the next delimiter. */
class PartReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Includes the line break before it. */
  readonly #delimiter: Uint8Array;
  #rest: Uint8Array = new Uint8Array();
  #isOver = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, delimiter: Uint8Array) {
    this.#reader = reader;
    this.#delimiter = delimiter;
  }

  /** Reads the headers of the part. */
  async readHead(): Promise<string> {
    const end = new TextEncoder().encode('\r\n\r\n');
    const opening = this.#delimiter.subarray(2);
    for (;;) {
      const at = find(this.#rest, end);
      if (at !== -1) {
        const head = this.#rest.subarray(0, at);
        this.#rest = this.#rest.subarray(at + end.byteLength);
        if (find(head, opening) !== 0) throw new ApiProblem('file_missing');
        return decodeUtf8(head) ?? '';
      }
      if (this.#rest.byteLength > MAX_HEAD_BYTES || !(await this.#fill())) throw new ApiProblem('file_missing');
    }
  }

  /** `undefined` at the end of the file, after which no other part may follow. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#isOver) return undefined;
      const at = find(this.#rest, this.#delimiter);
      if (at !== -1) {
        const piece = this.#take(at);
        await this.#requireEnd();
        return piece.byteLength > 0 ? piece : undefined;
      }
      // Keeps the bytes that may be the start of the delimiter.
      const safe = this.#rest.byteLength - this.#delimiter.byteLength + 1;
      if (safe > 0) return this.#take(safe);
      if (!(await this.#fill())) throw new ApiProblem('body_unreadable');
    }
  }

  cancel(): void {
    void this.#reader.cancel().catch(() => undefined);
  }

  #take(length: number): Uint8Array {
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return piece;
  }

  /** Two dashes end the form; a line break would begin another part. */
  async #requireEnd(): Promise<void> {
    while (this.#rest.byteLength < this.#delimiter.byteLength + 2) if (!(await this.#fill())) throw new ApiProblem('body_unreadable');
    const [one, two] = this.#rest.subarray(this.#delimiter.byteLength);
    if (one !== 45 || two !== 45) throw new ApiProblem('file_missing');
    this.#isOver = true;
    // Reads the epilogue, since cancelling an almost complete request would close the connection before the response.
    for (let rest = 0; rest < MAX_HEAD_BYTES;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      rest += value.byteLength;
    }
    this.cancel();
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (value !== undefined) this.#rest = concatenate(this.#rest, value);
    return !done;
  }
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.byteLength + second.byteLength);
  all.set(first);
  all.set(second, first.byteLength);
  return all;
}

/** Compares bytes in place: in a file of line breaks, every byte may begin the delimiter. */
function find(bytes: Uint8Array, wanted: Uint8Array): number {
  const { length } = wanted;
  for (let at = 0; at <= bytes.length - length; at += 1) {
    let same = 0;
    while (same < length && bytes[at + same] === wanted[same]) same += 1;
    if (same === length) return at;
  }
  return -1;
}
