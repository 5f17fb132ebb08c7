/** The settings that are chosen on the page, and the validation of their values. */
import { BACKEND_NAMES, type BackendName } from '../output/backend-names.js';
import { SNIPPET_KINDS, type SnippetKind } from '../output/snippet-kinds.js';
import { type Control, CONTROLS } from './control.js';
import { looksSecret } from './secret.js';

export interface Settings {
  /** Values by the names of {@link CONTROLS}; absent settings have their defaults. */
  readonly values: Readonly<Record<string, string>>;
  readonly snippet: SnippetKind;
  readonly backend: BackendName;
  /** Whether the CSP uses a nonce instead of origins. */
  readonly usesNonce: boolean;
}

export const INITIAL_SETTINGS: Settings = { values: {}, snippet: SNIPPET_KINDS[0], backend: BACKEND_NAMES[0], usesNonce: false };

export const MAX_VALUE_LENGTH = 300;

/** Allows only values that can neither break out of a declaration nor load a resource. */
const CSS_VALUE = /^(?!.*(?:url|image|expression|\/\*))[\w\s#%.,()'"+*/-]*$/i;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f\u2028\u2029]/;

export type ValueVerdict = 'valid' | 'secret' | 'invalid';

/** `''` and the default both mean that nothing is set. */
export function checkValue({ kind, choices, name }: Control, value: string): ValueVerdict {
  if (looksSecret(value) || (name === 'token-endpoint' && /[?#]/.test(value))) return 'secret';
  if (value.length > MAX_VALUE_LENGTH) return 'invalid';
  switch (kind) {
    case 'flag':
      return toVerdict(value === 'true' || value === 'false');
    case 'choice':
      return toVerdict(choices.includes(value));
    case 'number':
      return toVerdict(/^\d{1,9}(?:\.\d{1,3})?$/.test(value));
    case 'css':
      return toVerdict(CSS_VALUE.test(value) && !CONTROL_CHARACTER.test(value));
    case 'list':
      return toVerdict(value.split('\n').every((line) => line.trim() !== '' && !CONTROL_CHARACTER.test(line)));
    case 'text':
      return toVerdict(!CONTROL_CHARACTER.test(value));
  }
}

const toVerdict = (isValid: boolean): ValueVerdict => (isValid ? 'valid' : 'invalid');

/** Sets the value, or removes it if it is the default. */
export function withValue(settings: Settings, control: Control, value: string): Settings {
  const others = Object.entries(settings.values).filter(([name]) => name !== control.name);
  const saysNothing = value.trim() === '' || value === control.initial;
  return { ...settings, values: Object.fromEntries(saysNothing ? others : [...others, [control.name, value]]) };
}

/** The effective value: the chosen one, else the default. */
export const valueOf = ({ values }: Settings, name: string): string => values[name] ?? CONTROLS.get(name)?.initial ?? '';
