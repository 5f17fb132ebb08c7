/** Builds the question that a visitor answers before a tool runs. */
import type { ChatTool } from '../../config/page-tools.js';
import { firstCharacters } from '../../core/values/cut-text.js';
import { HIDDEN_CHARACTERS } from '../../core/values/hidden-characters.js';
import type { ToolDetail, ToolQuestion } from '../../frame/contract.js';

const MAX_SENTENCE_LENGTH = 500;
/** A visitor would not read more rows. */
const MAX_DETAILS = 50;

const HIDDEN = new RegExp(HIDDEN_CHARACTERS, 'gu');

/** Returns the question about validated `args`; `undefined` if there are too many to show. Throws the errors of `confirm`. */
export function toQuestion(name: string, tool: ChatTool, args: unknown): ToolQuestion | undefined {
  const details = toDetails('', args, tool.parameters, true);
  if (details.length > MAX_DETAILS) return undefined;
  const sentence: unknown = tool.confirm?.(args as never);
  const shown = details.map((detail) => ({ name: toVisible(detail.name), value: toVisible(detail.value) }));
  // The page may use direction isolates in its own sentence, unless an argument brings such characters as well.
  const isOwn = shown.every(({ name, value }, index) => name === details[index]?.name && value === details[index].value);
  const asked = typeof sentence === 'string' ? firstCharacters(sentence.trim(), MAX_SENTENCE_LENGTH) : '';
  return { name: toWords(name), sentence: isOwn ? asked : toVisible(asked), details: shown };
}

/** Replaces characters that would make the visitor agree to something other than what they read. */
function toVisible(text: string): string {
  return text.replace(HIDDEN, (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** `add_to_cart` as "add to cart". */
const toWords = (name: string): string => name.replaceAll(/[_-]+/g, ' ').trim();

/**
 * Returns one row for each value at any depth, labelled by the title in its JSON Schema. Shortens nothing, because the visitor agrees to all
 * of it.
 */
function toDetails(name: string, value: unknown, schema: unknown, isRoot = false): readonly ToolDetail[] {
  // A schema may return a `Set` or a `Map`, and both are `{}` as JSON.
  if (value instanceof Set || value instanceof Map) return toDetails(name, [...(value as Iterable<unknown>)], undefined);
  if (!isContainer(value)) return [{ name, value: toText(value) }];
  const all = Array.isArray(value)
    ? value.map((item, index) => [`${index + 1}`, item, member(schema, 'items')] as const)
    : Object.entries(value).map(([key, item]) => {
        const own = member(member(schema, 'properties'), key);
        const title = member(own, 'title');
        return [typeof title === 'string' && title.trim() !== '' ? title.trim() : toWords(key), item, own] as const;
      });
  const members = all.filter(([, item]) => item !== undefined);
  // An empty list or object is shown too: a tool may read it as "all".
  if (members.length === 0 && !isRoot) return [{ name, value: Array.isArray(value) ? '[]' : '{}' }];
  return members.flatMap(([label, item, own]) => toDetails([name, label].filter((part) => part !== '').join(' › '), item, own));
}

/** Own members only: an argument may have the name of a member of `Object.prototype`. */
function member(value: unknown, name: string): unknown {
  return isContainer(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** Whether `value` is a list or a plain object, and not an object that a schema has created from a value, such as a date. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}

function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
