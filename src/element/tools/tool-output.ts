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

/** Contains only the first line of the message, because some libraries include a stack in it. Never throws, whatever was thrown. */
export function toThrownOutput(thrown: unknown): string {
  const [line = ''] = readMessage(thrown)
    .trim()
    .split(/[\r\n]/, 1);
  return toErrorOutput(firstCharacters(line, MAX_MESSAGE_LENGTH) || 'The tool has failed.');
}

function readMessage(thrown: unknown): string {
  try {
    const { message } = Object(thrown) as { readonly message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    // For example a revoked proxy.
    return '';
  }
}
