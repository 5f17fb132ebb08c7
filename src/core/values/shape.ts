/**
 * Validates values that come from a page, its backend or another tab. A schema library would be a sixth of the code that is loaded when a
 * chat is first shown.
 */
import { fail, type Result, succeed } from '../result.js';
import { isBlank } from './blank.js';
import { getMember, isObject, isPlainObject, ownOptions } from './own-members.js';

/** Returns the validated value, or throws an {@link Objection} about the first error. */
export type Shape<T> = (value: unknown) => T;

/** The reason for which a value is invalid. Never repeats the value. */
export class Objection extends Error {
  /** Names and indices, from the outermost one. */
  readonly path: readonly string[];

  constructor(sentence: string, path: readonly string[] = []) {
    super(sentence);
    this.path = path;
  }
}

export function refuse(sentence: string): never {
  throw new Objection(sentence);
}

export function check<T>(shape: Shape<T>, value: unknown): Result<T, Objection> {
  try {
    return succeed(shape(value));
  } catch (cause) {
    if (cause instanceof Objection) return fail(cause);
    throw cause;
  }
}

export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return withDefault(shape, undefined);
}

export function withDefault<T, const Default>(shape: Shape<T>, fallback: Default): Shape<T | Default> {
  return (value) => (value === undefined ? fallback : shape(value));
}

/** Accepts any value. */
export function anything(value: unknown): unknown {
  return value;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : refuse('must be text');
}

export function textUpTo(length: number): Shape<string> {
  return (value) => (text(value).length > length ? refuse(`is longer than ${length} characters`) : text(value));
}

export function notBlank(value: string): string {
  return isBlank(value) ? refuse('must not be blank') : value;
}

export function matching(value: string, pattern: RegExp, sentence: string): string {
  return pattern.test(value) ? value : refuse(sentence);
}

export function choice<const Choices extends readonly string[]>(choices: Choices, sentence: string): Shape<Choices[number]> {
  return (value) => choices.find((candidate) => candidate === value) ?? refuse(sentence);
}

/** Accepts an object. Keeps the members named in `shapes` if the object has them. */
export function members<T extends object>(shapes: { readonly [Name in keyof T]: Shape<T[Name]> }, sentence: string): Shape<T> {
  return (value) => {
    if (!isObject(value) || Array.isArray(value)) return refuse(sentence);
    const entries = Object.entries<Shape<unknown>>(shapes).map(([name, shape]) => [name, at(name, shape, getMember(value, name))] as const);
    // Leaves absent members out, so that they hide no default. Copies without a prototype, so that no script can add members to the copy.
    return ownOptions(Object.fromEntries(entries.filter(([, member]) => member !== undefined))) as T;
  };
}

/** Accepts a plain object with any member names. Drops `__proto__`, with which other code would set a prototype. */
export function named<T>(shape: Shape<T>, sentence: string): Shape<Record<string, T>> {
  return (value) => {
    if (!isPlainObject(value)) refuse(sentence);
    const entries = Object.entries(value).filter(([name]) => name !== '__proto__');
    return Object.fromEntries(entries.map(([name, member]) => [name, at(name, shape, member)]));
  };
}

export function list<T>(shape: Shape<T>, sentence: string): Shape<T[]> {
  return (value) => (Array.isArray(value) ? value.map((item, index) => at(String(index), shape, item)) : refuse(sentence));
}

/** Adds the member's name to the path of an error inside it. */
function at<T>(name: string, shape: Shape<T>, value: unknown): T {
  const checked = check(shape, value);
  if (checked.ok) return checked.value;
  throw new Objection(checked.error.message, [name, ...checked.error.path]);
}
