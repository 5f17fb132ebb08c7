/** Formats the result of a call for the bot. */
import { firstCharacters } from '../../core/values/cut-text.js';

const MAX_LENGTH = 64_000;
const MAX_MESSAGE_LENGTH = 300;
/** Result of a tool that returns nothing. */
const DONE = 'done';

export function toOutput(result: unknown): string {
  let output: string | undefined;
  try {
    output = typeof result === 'string' ? result : (JSON.stringify(result) as string | undefined);
  } catch {
    return toErrorOutput('The result cannot be written as JSON.');
  }
  output ??= DONE;
  return output.length > MAX_LENGTH ? toErrorOutput(`The result is longer than ${MAX_LENGTH} characters.`) : output;
}

export function toErrorOutput(sentence: string): string {
  return JSON.stringify({ error: sentence });
}

/** Contains only the first line of the message, because some libraries include a stack in it. */
export function toThrownOutput(thrown: unknown): string {
  const { message } = Object(thrown) as { readonly message?: unknown };
  const [line = ''] = typeof message === 'string' ? message.trim().split(/[\r\n]/, 1) : [];
  return toErrorOutput(firstCharacters(line, MAX_MESSAGE_LENGTH) || 'The tool has failed.');
}
