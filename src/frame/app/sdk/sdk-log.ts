/** The SDK's logger prints whole requests, `Authorization` included, at every level it cannot be told to leave out (SDK `utils/logger`). */
import { Logger } from '@coze/chat-sdk';

function quiet(): void {}

export function silenceSdkLog(): void {
  Object.assign(Logger.prototype, { debug: quiet, info: quiet, warn: quiet, error: quiet });
}
