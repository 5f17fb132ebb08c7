/** Why the SDK could not start, in our codes. */
import { ErrorCode, type Problem } from '../../errors.js';

/** Coze's "no such bot", "not published to the API channel", "no permission for it" (coze-api.md section C). */
const BOT_CODES: ReadonlySet<number> = new Set([4000, 4006, 4015, 4200]);
const QUOTA_CODES: ReadonlySet<number> = new Set([4008, 4011, 4019, 4022, 4027, 4028, 788788103]);

/** `code` is the API's error code as the SDK passes it on; -1 when there was none. */
export function problemOfStart(code: number): Problem {
  if (BOT_CODES.has(code)) {
    return {
      code: ErrorCode.BotUnavailable,
      message: `Coze does not offer this bot (code ${code}). Check bot-id, and that the bot is published to the API and Chat SDK channels.`,
      retryable: true,
    };
  }
  const reason = QUOTA_CODES.has(code) ? 'The account has no quota or balance left' : 'The chat could not be started';
  return { code: ErrorCode.ChatFailed, message: `${reason}${code > 0 ? ` (code ${code})` : ''}.`, retryable: true };
}
