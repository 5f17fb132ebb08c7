/** The controls, derived from the element's reference: the settings, and the type of each value. */
import { languages } from '../../../src/locales/language.js';
import element from '../reference/element.json' with { type: 'json' };
import type { ElementReference, ReferenceEntry } from '../reference/reference.js';
import { NOT_OFFERED } from './groups.js';

export type ControlKind = 'flag' | 'choice' | 'number' | 'list' | 'css' | 'text';
export type ControlTarget = 'attribute' | 'option' | 'style';

export interface Control {
  /** Its name in the URL: an attribute, `chatOptions.` with the option's path, or a custom property. */
  readonly name: string;
  readonly target: ControlTarget;
  readonly kind: ControlKind;
  /** The default; `''` if there is none that can be written as text. */
  readonly initial: string;
  /** The allowed values of a choice. */
  readonly choices: readonly string[];
}

export const OPTION_PREFIX = 'chatOptions.';

const { attributes, chatOptions, cssProperties }: ElementReference = element;

export const CONTROLS: ReadonlyMap<string, Control> = new Map(
  [
    ...attributes.map((entry) => toControl(entry, 'attribute')),
    ...chatOptions.map((entry) => toControl({ ...entry, name: OPTION_PREFIX + entry.name }, 'option')),
    ...cssProperties.map((entry) => toControl(entry, 'style')),
  ]
    .filter(({ name }) => !NOT_OFFERED.has(name))
    .map((control) => [control.name, control]),
);

function toControl({ name, type, default: initial = '' }: ReferenceEntry, target: ControlTarget): Control {
  // The only attribute whose values are listed elsewhere.
  const choices = name === 'locale' ? languages : listChoices(type);
  return { name, target, initial, choices, kind: choices.length > 0 ? 'choice' : toKind(type) };
}

function listChoices(type: string): readonly string[] {
  return [...type.matchAll(/'([^']*)'/g)].map(([, choice = '']) => choice);
}

function toKind(type: string): ControlKind {
  switch (type) {
    case 'boolean':
      return 'flag';
    case 'number':
      return 'number';
    case 'readonly string[]':
      return 'list';
    case 'css':
      return 'css';
    default:
      return 'text';
  }
}
