/** Reads `context` of the page: limited in size and time, so that it never blocks a message. */
import type { GetChatContext } from '../../config/page-tools.js';
import type { Timers } from '../../core/clock.js';
import { firstCharacters } from '../../core/values/cut-text.js';
import { asObject } from '../../core/values/foreign-value.js';

const TIME_LIMIT_MS = 300;
const MAX_TEXTS = 20;
const MAX_LENGTH = 2_000;
/** Coze's rule for names of variables; two names are reserved for workflows. */
const NAME = /^(?!CONVERSATION_NAME$|USER_INPUT$)[A-Za-z_]{1,64}$/;

/** Returns the entries that may be sent. Never throws, whatever the page returns. */
export function checkContext(context: unknown): Readonly<Record<string, string>> {
  try {
    const entries = Object.entries(asObject(context)).filter(
      (entry): entry is [string, string] => NAME.test(entry[0]) && typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries.slice(0, MAX_TEXTS).map(([name, text]) => [name, firstCharacters(text, MAX_LENGTH)]));
  } catch {
    return {};
  }
}

/** Resolves with `undefined` if the page's function fails or takes too long. */
export function readContext(get: GetChatContext, timers: Timers): Promise<Readonly<Record<string, string>> | undefined> {
  return new Promise((resolve) => {
    const cancel = timers.set(() => resolve(undefined), TIME_LIMIT_MS);
    const read = async (): Promise<Readonly<Record<string, string>>> => checkContext(await get());
    void read()
      .catch(() => undefined)
      .then((context) => {
        cancel();
        resolve(context);
      });
  });
}
