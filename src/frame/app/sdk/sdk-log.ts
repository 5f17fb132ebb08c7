/** Silences the SDK's logger. It prints whole requests, including `Authorization`, at levels that it cannot switch off (SDK `utils/logger`). */
import { Logger } from '@coze/chat-sdk';

function doNothing(): void {}

export function silenceSdkLog(): void {
  Object.assign(Logger.prototype, { debug: doNothing, info: doNothing, warn: doNothing, error: doNothing });
}
