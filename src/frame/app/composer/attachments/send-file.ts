/** Uploads one file, with XMLHttpRequest, because `fetch()` does not report upload progress. */
import { asObject, asText } from '../../../../core/values/foreign-value.js';
import type { FileRequest } from '../../service/isolated-chat-service.js';

/** After this time without progress, the upload is aborted. */
const STALL_LIMIT_MS = 60_000;

export interface SendFileOptions {
  readonly file: File;
  readonly signal: AbortSignal;
  /** Between 0 and 1. */
  readonly onProgress: (progress: number) => void;
}

/**
 * Resolves with the id of the file. Rejects with an error that has the API's `code`, and the `status` of an error response. The frame's CSP
 * blocks a redirect to another host.
 */
export function sendFile({ file, signal, onProgress }: SendFileOptions, { url, headers }: FileRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let limit: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(limit);
      limit = setTimeout(() => request.abort(), STALL_LIMIT_MS);
    };
    const fail = (fields: object): void => reject(Object.assign(new Error('The file was not uploaded.'), fields));
    const abort = (): void => request.abort();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      watch();
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onload = () => {
      const { status } = request;
      const { code, data } = parse(request.responseText);
      const id = asText(asObject(data)['id']);
      if (status < 400 && !code && id !== '') resolve(id);
      else fail({ code: code ?? -1, ...(status >= 400 && { status }) });
    };
    request.onerror = () => fail({ code: -1 });
    request.onabort = () => fail({ code: -1 });
    request.onloadend = () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) return fail({ code: -1 });
    signal.addEventListener('abort', abort);
    const form = new FormData();
    form.append('file', file);
    watch();
    request.send(form);
  });
}

interface UploadAnswer {
  readonly code?: number;
  readonly data?: unknown;
}

function parse(text: string): UploadAnswer {
  try {
    return Object(JSON.parse(text)) as UploadAnswer;
  } catch {
    return {};
  }
}
