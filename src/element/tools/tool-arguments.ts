/** Parses the arguments that a bot has written for a tool: untrusted until the tool's own schema accepts them. */
import type { StandardSchema, ToolParameters } from '../../config/page-tools.js';
import type { Result } from '../../core/result.js';
import { firstCharacters } from '../../core/values/cut-text.js';

/** As much as a visitor can read before they agree. */
const MAX_LENGTH = 16_384;
const MAX_DEPTH = 16;
/** As much as a bot needs to correct its call. */
const MAX_ISSUES = 5;
const MAX_ISSUE_LENGTH = 200;

/** Fails with sentences for the bot. Rejects when the schema throws, or when the validator's code cannot be loaded. */
export async function checkArguments(json: string, parameters: ToolParameters): Promise<Result<unknown, string>> {
  const parsed = parseArguments(json);
  if (!parsed.ok) return parsed;
  if (!isStandardSchema(parameters)) {
    const { findIssues } = await loadJsonSchema().catch(() => Promise.reject(new Error('The arguments cannot be checked at the moment.')));
    const issues = findIssues(parsed.value, parameters);
    return issues.length === 0 ? parsed : refuse(issues);
  }
  const { issues, ...checked } = await parameters['~standard'].validate(parsed.value);
  // Standard Schema: a result is a failure if it has `issues`, even if none is listed.
  if (issues !== undefined || !('value' in checked)) return refuse(issues?.map(({ message }) => message) ?? []);
  return succeed(checked.value);
}

/** Preloads with the first message, so that the first call does not wait. */
export async function preloadChecker(parameters: ToolParameters): Promise<void> {
  if (!isStandardSchema(parameters)) await loadJsonSchema().catch(() => undefined);
}

/** An object of a class is no JSON Schema: those of schema libraries without Standard Schema, such as zod 3.23, would accept all arguments. */
export function isSchema(value: unknown): value is ToolParameters {
  // Schemas of arktype are functions.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // In any realm, only `Object.prototype` has no prototype.
  return isStandardSchema(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isStandardSchema(parameters: object): parameters is StandardSchema {
  return '~standard' in parameters;
}

function parseArguments(json: string): Result<unknown, string> {
  if (json.length > MAX_LENGTH) return fail(`The arguments are longer than ${MAX_LENGTH} characters.`);
  try {
    const value = clean(JSON.parse(json === '' ? '{}' : json), MAX_DEPTH);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? succeed(value)
      : fail('The arguments are no JSON object.');
  } catch (error) {
    return fail(error instanceof InvalidArguments ? error.message : 'The arguments are no JSON object.');
  }
}

/** Its message is for the bot. */
class InvalidArguments extends Error {}

function succeed(value: unknown): Result<unknown, string> {
  return { ok: true, value };
}

function fail(error: string): Result<unknown, string> {
  return { ok: false, error };
}

/** Copies without `__proto__` members, which would set the prototype of a later copy. */
function clean(value: unknown, depth: number): unknown {
  // `1e999` is parsed as Infinity, and `JSON.stringify` turns that into `null`, which a schema may accept.
  if (typeof value === 'number' && !Number.isFinite(value)) throw new InvalidArguments('The arguments have a number that is too large.');
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) throw new InvalidArguments('The arguments are nested too deeply.');
  if (Array.isArray(value)) return value.map((item) => clean(item, depth - 1));
  const members = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(members.map(([name, member]) => [name, clean(member, depth - 1)]));
}

function refuse(issues: readonly unknown[]): Result<unknown, string> {
  const named = issues.slice(0, MAX_ISSUES).map((issue) => firstCharacters(String(issue), MAX_ISSUE_LENGTH));
  return fail(`The arguments are not as they have to be: ${named.join(' ')}`);
}

const loadJsonSchema = () => import('./json-schema.js');
