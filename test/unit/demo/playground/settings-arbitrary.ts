import fc from 'fast-check';
import { BACKEND_NAMES } from '../../../../demo/playground/output/backend-names.js';
import { SNIPPET_KINDS } from '../../../../demo/playground/output/snippet-kinds.js';
import { type Control, CONTROLS } from '../../../../demo/playground/settings/control.js';
import { checkValue, INITIAL_SETTINGS, type Settings, withValue } from '../../../../demo/playground/settings/settings.js';

const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.trim());
/** Values that break out of their context if an escape is missing. */
const awkward = fc.constantFrom(`'"><b>`, '</script>', '{{ x }}', '{x}', '`${y}`', '\\', '&quot;', '</template>', '客服 🦜', '<!--');

function valueFor({ kind, choices }: Control): fc.Arbitrary<string> {
  switch (kind) {
    case 'flag':
      return fc.constantFrom('true', 'false');
    case 'choice':
      return fc.constantFrom(...choices);
    case 'number':
      return fc.nat(1_000_000).map(String);
    case 'css':
      return fc.constantFrom('#0b6b57', '12px', "'Noto Sans', sans-serif", 'rgb(1 2 3 / 50%)', 'calc(100% - 2rem)');
    case 'list':
      return fc.array(fc.oneof(line, awkward), { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
    case 'text':
      return fc.oneof(line, awkward);
  }
}

/** Any valid settings. */
export const anySettings: fc.Arbitrary<Settings> = fc
  .tuple(
    fc.record(
      Object.fromEntries([...CONTROLS.values()].map((control) => [control.name, fc.option(valueFor(control), { freq: 1, nil: '' })])),
    ),
    fc.constantFrom(...SNIPPET_KINDS),
    fc.constantFrom(...BACKEND_NAMES),
    fc.boolean(),
  )
  .map(([values, snippet, backend, usesNonce]) => {
    let settings: Settings = { ...INITIAL_SETTINGS, snippet, backend, usesNonce };
    for (const control of CONTROLS.values()) {
      const value = values[control.name] ?? '';
      if (checkValue(control, value) === 'valid') settings = withValue(settings, control, value);
    }
    return settings;
  });

/** All settings at once, in enough variants that each value of each choice occurs, with a mount and without. */
export function listFullSettings(): readonly Settings[] {
  const controls = [...CONTROLS.values()];
  const ways = Math.max(...controls.map(({ choices }) => choices.length));
  return Array.from({ length: ways }, (_, way) => {
    let settings: Settings = { ...INITIAL_SETTINGS, backend: way % 2 === 0 ? 'express' : 'php' };
    for (const control of controls) settings = withValue(settings, control, fullValueOf(control, way));
    return settings;
  });
}

function fullValueOf({ kind, choices, initial }: Control, way: number): string {
  switch (kind) {
    case 'flag':
      return String(initial !== 'true');
    case 'choice':
      return choices[way % choices.length] ?? '';
    case 'number':
      return '7';
    case 'css':
      return '#0b6b57';
    case 'list':
      return 'One\n{{ two }} </script>';
    case 'text':
      return `It’s "{x}" & <b>{{ y }}</b>`;
  }
}
