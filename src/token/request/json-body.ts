/** Reads the JSON body of a token endpoint's response. The content type must be JSON, and the size is limited while the body arrives. */
import { readBoundedText } from '../../core/bounded-body.js';
import { fail, type Result } from '../../core/result.js';
import { parseJson } from '../../core/values/parse-json.js';
import { invalidResponse, type TokenFailure } from '../token-failure.js';

const MAX_BODY_BYTES = 64 * 1024;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Rejects only if `response.body` does. Cancels the rest of the body when `signal` aborts. */
export async function readJson(response: Response, signal?: AbortSignal): Promise<Result<unknown, TokenFailure>> {
  if (!JSON_TYPE.test(response.headers.get('content-type') ?? '')) {
    return fail(
      invalidResponse(
        "The token endpoint answered something other than JSON (content-type), perhaps a log-in page: then mount the chat's path before the middleware that requires a log-in.",
      ),
    );
  }
  const text = await readBoundedText(response.body, MAX_BODY_BYTES, signal);
  if (!text.ok && text.error === 'too_large') return fail(invalidResponse('The token endpoint answered more than 64 KiB.'));
  const json = text.ok ? parseJson(text.value) : text;
  return json.ok ? json : fail(invalidResponse('The token endpoint answered a body that is not JSON.'));
}
