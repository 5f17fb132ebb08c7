/** The settings in the URL: `#mode=inline&chatOptions.upload=false&show=vue`. Readable, bounded, and validated like any untrusted input. */
import * as z from 'zod/mini';
import { BACKEND_NAMES } from '../output/backend-names.js';
import { SNIPPET_KINDS } from '../output/snippet-kinds.js';
import { CONTROLS } from './control.js';
import { looksSecret } from './secret.js';
import { checkValue, INITIAL_SETTINGS, type Settings, withValue } from './settings.js';

export const MAX_ADDRESS_LENGTH = 4000;
/** Limits the list of unknown names that a message shows. */
const MAX_IGNORED_NAMES = 5;
const MAX_NAME_LENGTH = 40;

const view = z.object({
  show: z.optional(z.enum(SNIPPET_KINDS)),
  backend: z.optional(z.enum(BACKEND_NAMES)),
  nonce: z.optional(z.literal('true')),
});
const VIEW_NAMES = ['show', 'backend', 'nonce'] as const;

export interface ReadAddress {
  readonly settings: Settings;
  /** Names of unknown settings, or of settings with invalid values; `#` for a URL that is too long to be read. */
  readonly ignored: readonly string[];
}

/** Without `#`; `''` for the defaults. */
export function toAddress({ values, snippet, backend, usesNonce }: Settings): string {
  const fields: (readonly [string, string])[] = [...CONTROLS.values()].flatMap((control) => {
    const value = values[control.name];
    return value !== undefined && checkValue(control, value) === 'valid' ? [[control.name, value] as const] : [];
  });
  if (snippet !== INITIAL_SETTINGS.snippet) fields.push(['show', snippet]);
  if (backend !== INITIAL_SETTINGS.backend) fields.push(['backend', backend]);
  if (usesNonce) fields.push(['nonce', 'true']);
  return new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
}

/** With or without `#`. Never throws. */
export function readAddress(hash: string): ReadAddress {
  const text = hash.replace(/^#/, '');
  if (text.length > MAX_ADDRESS_LENGTH) return { settings: INITIAL_SETTINGS, ignored: ['#'] };
  const fields = new Map<string, string>();
  const ignored = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) ignored.add(name);
    else fields.set(name, value);
  }
  let chosen: Settings = INITIAL_SETTINGS;
  for (const [name, value] of fields) {
    const control = CONTROLS.get(name);
    if (control !== undefined && checkValue(control, value) === 'valid') chosen = withValue(chosen, control, value);
    else if (!VIEW_NAMES.some((known) => known === name)) ignored.add(name);
  }
  const { show = INITIAL_SETTINGS.snippet, backend = INITIAL_SETTINGS.backend, nonce } = readView(fields, ignored);
  const settings = { values: chosen.values, snippet: show, backend, usesNonce: nonce === 'true' };
  return { settings, ignored: nameIgnored(ignored) };
}

/** Each field by itself: an invalid one does not discard the others. */
function readView(fields: ReadonlyMap<string, string>, ignored: Set<string>): z.infer<typeof view> {
  const read: Record<string, string> = {};
  for (const name of VIEW_NAMES) {
    const value = fields.get(name);
    if (value === undefined) continue;
    if (view.safeParse({ [name]: value }).success) read[name] = value;
    else ignored.add(name);
  }
  return view.parse(read);
}

const nameIgnored = (names: ReadonlySet<string>): readonly string[] =>
  [...names]
    .filter((name) => !looksSecret(name))
    .slice(0, MAX_IGNORED_NAMES)
    .map((name) => name.slice(0, MAX_NAME_LENGTH));
