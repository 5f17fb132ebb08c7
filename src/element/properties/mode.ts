export const MODE_VALUES = ['bubble', 'inline', 'page'] as const;
/** `bubble`: launcher and panel. `inline`: fills its box. `page`: fills the viewport. */
export type ChatMode = (typeof MODE_VALUES)[number];

/** As in HTML, an invalid value counts as the first one. */
export function toEnumerated<T extends string>(value: T, choices: readonly [T, ...T[]]): T {
  return choices.includes(value) ? value : choices[0];
}
