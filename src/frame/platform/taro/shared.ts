/** The three guards that the SDK imports from `@tarojs/shared`. */

/** Whether the value can be called. */
export const isFunction = (value: unknown): value is (...args: never[]) => unknown => typeof value === 'function';

/** Whether the value is an array. */
export const isArray = Array.isArray;

/** Whether the value is `true` or `false`. */
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
