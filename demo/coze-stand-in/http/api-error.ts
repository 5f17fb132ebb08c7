import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ApiFailure } from '../faults.js';

/** An error of the API other than the token endpoint: a code of Coze's table in the usual envelope, mostly with HTTP 200. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: ContentfulStatusCode;

  constructor(code: number, message: string, status: ContentfulStatusCode = 200) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The stand-in's errors, with the codes of the official table unless marked. */
export const apiErrors = {
  badParameter: (what: string) => new ApiError(4000, `The request parameter is invalid: ${what}`),
  invalidChat: () => new ApiError(4001, 'The chat is invalid: its id is wrong or you have no permission for it.'),
  /** The same message for "does not exist" and "belongs to somebody else", so that other visitors' ids cannot be probed. */
  invalidConversation: () => new ApiError(4002, 'The conversation is invalid: its id is wrong or you have no permission for it.'),
  tooManyMessages: (limit: number) => new ApiError(4004, `additional_messages may hold ${limit} messages at most.`),
  invalidMessage: () => new ApiError(4005, 'The message is invalid: check its id and content.'),
  /** Page "submit tool outputs": a chat with `auto_save_history: false` cannot be resumed. */
  historyNotSaved: () => new ApiError(5000, "We're currently experiencing server issues."),
  historyNeeded: () => new ApiError(4007, 'auto_save_history must be true when stream is false.'),
  botNotPublished: (botId: string) => new ApiError(4015, `The bot_id ${botId} has not been published to the API channel.`),
  conversationBusy: () => new ApiError(4016, 'The conversation has a running chat. Wait until it ends.'),
  rateLimited: () => new ApiError(4020, 'The number of requests per minute is over the limit.', 429),
  /** Seen in production; the official table describes 4101 as "no permission for the resource", and wrong tokens get it as well. */
  wrongToken: () => new ApiError(4101, 'The token you entered is incorrect. Please double-check and try again.'),
  authenticationInvalid: () => new ApiError(4100, 'authentication is invalid'),
  noPermission: (what: string) => new ApiError(4101, `You have no permission for ${what}.`),
  /** Worded as in a third-party report; this message is the only place that names the missing permission. */
  missingPermission: (point: string) =>
    new ApiError(
      4101,
      `Your token does not have permission to access account_id=0 ${point}. Please verify that the token has the permission, see https://www.coze.cn/open/oauth/apps.`,
    ),
  cannotCancel: () => new ApiError(4104, 'The chat cannot be cancelled in its present state.'),
  /** Production's response for an unknown bot (coze-java issue 92). */
  notFound: (what: string) =>
    new ApiError(4200, `Requested resource ${what} does not exist. Ensure you are using the correct resource identifier.`),
  emptyFile: () => new ApiError(4300, 'The file is empty.'),
  oneFileOnly: () => new ApiError(4301, 'Exactly one file must be sent.'),
  fileTooLarge: () => new ApiError(4302, 'The file is too large.'),
  invalidFile: () => new ApiError(4304, 'The file is invalid: its id is wrong or you have no permission for it.'),
  internal: () => new ApiError(5000, "We're currently experiencing server issues.", 500),
  unknownPath: (path: string) => new ApiError(4000, `The path ${path} does not exist.`, 404),
  accessTokenInvalid: () => new ApiError(700012006, 'access token invalid', 401),
} as const;

export function apiFailure(failure: ApiFailure): ApiError {
  switch (failure) {
    case 'http-401':
      return apiErrors.accessTokenInvalid();
    case 'http-429':
      return apiErrors.rateLimited();
    case 'http-500':
      return apiErrors.internal();
    default:
      return new ApiError(failure.code, failure.msg);
  }
}
