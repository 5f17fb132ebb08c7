/** Reads members without `Object.prototype`, to which any script of the page or any package of the server may have added members. */

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether `object` is an `Object.prototype`, of this realm or of another one. */
function isRootPrototype(object: object): boolean {
  return Object.getPrototypeOf(object) === null && Object.hasOwn(object, 'isPrototypeOf');
}

/** Returns a shallow copy without a prototype, for options that other code reads. */
export function ownOptions<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as T, options);
}

/** Returns no options, for a library whose own default object inherits members that were added to `Object.prototype`. */
export const noOptions = (): object => ownOptions({});

/** Reads a member of an object or of its class. */
export function getMember(object: object, name: string): unknown {
  for (
    let holder: object | null = object;
    holder !== null && !isRootPrototype(holder);
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    if (Object.hasOwn(holder, name)) return Reflect.get(holder, name, object);
  }
  return undefined;
}

/** Returns a copy without prototypes of plain objects and arrays at any depth. Does not copy other values. */
export function ownMembers<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => ownMembers(item)) as T;
  if (!isPlainObject(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(value)) copy[name] = ownMembers(value[name]);
  return copy as T;
}

/** Whether a value is an object without a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || isRootPrototype(prototype);
}
