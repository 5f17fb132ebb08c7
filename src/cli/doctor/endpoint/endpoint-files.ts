/** Checks whether a server that also serves the chat's files has them. */
import type { DoctorDeps } from '../deps.js';
import { type CheckResult, failed, ok, skipped } from '../finding.js';
import { send } from '../http.js';

/** `createCozeChat()` answers `health` beside its `token`; other endpoints have no such answer, and their files are the host's business. */
export async function checkChatFiles(endpoint: URL, { fetch }: DoctorDeps): Promise<CheckResult> {
  const withoutMount = skipped('Needs a server with createCozeChat(): only it serves the files, and says at …/health whether it has them.');
  if (!endpoint.pathname.endsWith('/token')) return withoutMount;
  const response = await send(fetch, new URL('health', endpoint).href, { method: 'GET', headers: { accept: 'application/json' } });
  const status = response.ok && (response.value.json as { readonly status?: unknown } | null | undefined)?.status;
  if (status === 'ok') return ok('The server has its configuration and the chat’s files.');
  if (status !== 'failed') return withoutMount;
  return failed(
    'The server is not ready (…/health): it lacks the chat’s files, or its configuration is wrong.',
    'Its log says which. A build may have left the files out: keep coze-chat-embed in "dependencies", and its dist/ beside the built server.',
  );
}
