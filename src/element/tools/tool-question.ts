/** Builds the question that a visitor answers before a tool runs. */
import type { ChatTool } from '../../config/page-tools.js';
import { firstCharacters } from '../../core/values/cut-text.js';
import { HIDDEN_CHARACTERS } from '../../core/values/hidden-characters.js';
import type { ToolDetail, ToolQuestion } from '../../frame/contract.js';

const MAX_SENTENCE_LENGTH = 500;
/** A visitor would not read more rows. */
const MAX_DETAILS = 50;
/** How many references are followed in a row: a schema may refer to itself. */
const MAX_REFERENCES = 4;

const HIDDEN = new RegExp(HIDDEN_CHARACTERS, 'gu');

/** Returns the question about validated `args`; `undefined` if there are too many to show. Throws the errors of `confirm`. */
export function toQuestion(name: string, tool: ChatTool, args: unknown): ToolQuestion | undefined {
  const details = toDetails('', args, applying(tool.parameters, tool.parameters), tool.parameters, true);
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
 * of it. All of `schemas` apply to the value.
 */
function toDetails(name: string, value: unknown, schemas: readonly unknown[], root: unknown, isRoot = false): readonly ToolDetail[] {
  // A schema may return a `Set` or a `Map`, and both are `{}` as JSON.
  if (value instanceof Set || value instanceof Map) return toDetails(name, [...(value as Iterable<unknown>)], [], root);
  if (!isContainer(value)) return [{ name, value: toText(value) }];
  const find = (keyword: string, key?: string): readonly unknown[] => {
    const found = schemas.map((schema) => member(schema, keyword));
    const own = key === undefined ? found : found.map((properties) => member(properties, key));
    return [...new Set(own.flatMap((schema) => applying(schema, root)))];
  };
  const all = Array.isArray(value)
    ? value.map((item, index) => [`${index + 1}`, item, find('items')] as const)
    : Object.entries(value).map(([key, item]) => {
        const own = find('properties', key);
        const title = own.map((schema) => member(schema, 'title')).find((text) => typeof text === 'string' && text.trim() !== '');
        return [typeof title === 'string' ? title.trim() : toWords(key), item, own] as const;
      });
  const members = all.filter(([, item]) => item !== undefined);
  // An empty list or object is shown too: a tool may read it as "all".
  if (members.length === 0 && !isRoot) return [{ name, value: Array.isArray(value) ? '[]' : '{}' }];
  return members.flatMap(([label, item, own]) => toDetails([name, label].filter((part) => part !== '').join(' › '), item, own, root));
}

/** `schema`, and what it refers to in the same document: generators write that for a type which is used twice. */
function applying(schema: unknown, root: unknown, depth = MAX_REFERENCES): readonly unknown[] {
  if (depth === 0 || !isContainer(schema)) return [];
  const reference = member(schema, '$ref');
  const target =
    typeof reference === 'string' && /^#(?:\/|$)/.test(reference)
      ? reference
          .split('/')
          .slice(1)
          .reduce((part: unknown, key) => member(part, key.replaceAll('~1', '/').replaceAll('~0', '~')), root)
      : undefined;
  const parts = member(schema, 'allOf');
  const further: readonly unknown[] = [target, ...(Array.isArray(parts) ? (parts as readonly unknown[]) : [])];
  return [schema, ...further.flatMap((part) => applying(part, root, depth - 1))];
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
