/** Formats a conversation's name for the visitor. */
import { isBlank } from '../../../../core/values/blank.js';

/** Coze's own client uses the first 100 characters of the first message as the name. With files that is the start of a JSON text. */
const TEXT_OF_MESSAGE = /"text":\s*"((?:[^"\\]|\\.)*)/;

/** Returns the name in one line; empty if it has no visible characters. */
export function toReadableName(name: string): string {
  const text = name.startsWith('[{') ? toText(name) : name;
  return isBlank(text) ? '' : text.trim().replace(/\s+/g, ' ');
}

function toText(json: string): string {
  const escaped = TEXT_OF_MESSAGE.exec(json)?.[1] ?? '';
  try {
    return String(JSON.parse(`"${escaped}"`));
  } catch {
    return escaped;
  }
}
