/** What a visitor reads as a conversation's name. */
import { isBlank } from '../../../../core/values/blank.js';

/** Coze's own client names a conversation by a message as it is sent, cut after 100 characters: of text with files that is the beginning of JSON. */
const TEXT_OF_MESSAGE = /"text":\s*"((?:[^"\\]|\\.)*)/;

/** In one line; empty where there is nothing to read. */
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
