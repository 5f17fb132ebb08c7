/** Converts failures of the start, of messages, uploads and features to problems with our codes. */
import { ErrorCode, type Problem } from '../../../core/errors.js';
import { getErrorCode } from './api-error-code.js';
import { errorStringKey } from './error-texts.js';

/** "Bad request". During the start, only an id can be the bad parameter. */
const BAD_PARAMETER = 4000;

/** `code` is the API's error code as the SDK passes it on; -1 if there was none. */
export function toStartProblem(code: number, apiBaseUrl: string): Problem {
  if (code === BAD_PARAMETER) return botUnavailable(code);
  // This token was fresh: the one before it had been rejected, too.
  if (code === 4100 || code === 700012006)
    return {
      ...problem(ErrorCode.TokenRejected, `${apiBaseUrl} refuses the token: api-base-url must be of the server's region`, code),
      fault: 'site',
    };
  return toProblem(
    code,
    code > 0
      ? `The chat could not be started${code === 4101 ? ': the OAuth app lacks a permission' : ''}`
      : `No answer of the Coze API came from ${apiBaseUrl}. ${TROUBLESHOOTING_HINT}`,
  );
}

const TROUBLESHOOTING_HINT = "Look at api-base-url, the network, and the page's policy (connect-src)";

/** `cause` says what failed if the API returned no code. */
export function toReplyProblem(code: number, cause?: string): Problem {
  return toProblem(code, `A message was not answered${cause === undefined ? '' : `: ${cause}`}`);
}

/** `error` has the API's `code` or the `status` of the response, if there was one. */
export function toUploadProblem(error: unknown): Problem {
  const { status } = Object(error) as { readonly status?: unknown };
  const answered = status === undefined ? '' : ` (status ${String(status)})`;
  const sentence = `A file could not be uploaded${answered}: look at its size and kind, and the OAuth app's permission uploadFile`;
  return problem(ErrorCode.ChatFailed, sentence, getErrorCode(error) ?? -1);
}

/** Whether `code` means a missing permission: 4101 by Coze, 403 by a gateway. */
export function isPermissionMissing(code: number): boolean {
  return code === 4101 || code === 403;
}

/** `permission`: Coze's name of the permission that the OAuth app, or the token's scope, lacks. The chat continues without it. */
export function toPermissionProblem(permission: string, code: number): Problem {
  return { ...problem(ErrorCode.ChatFailed, `The OAuth app lacks the permission ${permission}`, code), retryable: false };
}

/** For the failure of a feature that a chat can do without. `what`: a sentence about the failure; `permission`: what the feature needs. */
export function toFeatureProblem(what: string, permission: string, code: number): Problem {
  if (isPermissionMissing(code)) return toPermissionProblem(permission, code);
  return { ...problem(ErrorCode.ChatFailed, what, code), retryable: false };
}

/** The code that formats answers could not be loaded. `folder`: URL of the frame's files. */
export function toMarkdownProblem(folder: string): Problem {
  return {
    code: ErrorCode.FrameUnavailable,
    message: `What formats answers did not come from ${folder}, or is not what this version was built with. Look at network, CORS and the page's policy (script-src).`,
    retryable: true,
  };
}

function toProblem(code: number, defaultMessage: string): Problem {
  const reason = errorStringKey(code);
  if (reason === 'errorUnavailable') return botUnavailable(code);
  if (reason === 'errorQuota') return problem(ErrorCode.QuotaExceeded, 'An allowance or a balance at Coze is used up', code);
  if (reason === 'errorBusy') return problem(ErrorCode.RateLimited, 'Coze has too many requests to answer', code);
  const failed = problem(ErrorCode.ChatFailed, defaultMessage, code);
  return code > 0 ? { ...failed, fault: 'service' } : failed;
}

function botUnavailable(code: number): Problem {
  const { message, ...rest } = problem(ErrorCode.BotUnavailable, 'Coze does not offer this bot', code);
  return { ...rest, message: `${message} Check bot-id, and that the bot is published to the API and Chat SDK channels.` };
}

function problem(code: ErrorCode, sentence: string, apiCode: number): Problem {
  return { code, message: `${sentence}${apiCode > 0 ? ` (code ${apiCode})` : ''}.`, retryable: true };
}
