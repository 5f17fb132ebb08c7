import { type CozeCaller, describeResponse, getCode, lacksPermission } from '../coze-api.js';
import { type CheckResult, failed, ok, warning } from '../finding.js';

/** "Empty", "more than one" and "bad parameter": Coze parsed the form, so it would have accepted a file. */
const NO_FILE_CODES: ReadonlySet<number | undefined> = new Set([4000, 4300, 4301, 4304]);

/** Sends a form without a file: the error code shows whether a file would be accepted, and nothing is stored. */
export async function checkFiles(ask: CozeCaller): Promise<CheckResult> {
  const form = new FormData();
  form.set('note', 'no file');
  const response = await ask({ method: 'POST', path: '/v1/files/upload', body: form });
  const trace = describeResponse(response);
  if (NO_FILE_CODES.has(getCode(response))) return ok('The tokens may upload files, as far as an upload without a file can tell.');
  if (lacksPermission(response))
    return failed(
      `The tokens may not upload files (${trace}).`,
      'In the OAuth app, tick the permission uploadFile; or switch uploads off with chatOptions.',
    );
  return warning(`It cannot be told whether the tokens may upload files (${trace}).`, 'Try an upload in the chat.');
}
