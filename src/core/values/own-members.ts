/** Reads that never reach `Object.prototype`, which any script of the page or any package of the server may have added something to. */

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether it is the last prototype of a chain, of this realm or of another one. */
function isRootPrototype(object: object): boolean {
  return Object.getPrototypeOf(object) === null && Object.hasOwn(object, 'isPrototypeOf');
}

/** A copy without a prototype; what it holds stays as it is. For a list of options that something else reads. */
export function ownOptions<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as T, options);
}

/** What an object, or its class, says about itself. */
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

/** A copy without a prototype, of plain objects and lists all the way down; anything else in it stays as it is. */
export function ownMembers<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => ownMembers(item)) as T;
  if (!isPlainObject(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(value)) copy[name] = ownMembers(value[name]);
  return copy as T;
}

/** Whether it is of no class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || isRootPrototype(prototype);
}
