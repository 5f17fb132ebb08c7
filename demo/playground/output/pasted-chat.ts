/** The content that all snippets share, independent of their language. */
import { type Control, CONTROLS, OPTION_PREFIX } from '../settings/control.js';
import type { Settings } from '../settings/settings.js';
import { isMount } from './backend-names.js';

/** A JSON value of an option. */
export type OptionValue = string | number | boolean | readonly string[] | { readonly [name: string]: OptionValue };
export type OptionTree = Readonly<Record<string, OptionValue>>;
/** `true` for a boolean attribute. */
export type AttributeValue = string | number | true;
export type Attributes = readonly (readonly [name: string, value: AttributeValue])[];

export interface PastedChat {
  /** The URL of `embed.js` and `define.js`, with a trailing slash. */
  readonly files: string;
  /** The URL of the frame's files for a page that is built by a bundler. */
  readonly frameSrc: string;
  readonly tokenEndpoint: string;
  /** The path under which both the files and the endpoint are served; `undefined` if they are apart. */
  readonly mount: string | undefined;
  /** All remaining attributes. */
  readonly attributes: Attributes;
  /** `undefined` if no option is set. */
  readonly chatOptions: OptionTree | undefined;
  readonly styles: readonly (readonly [property: string, value: string])[];
}

/** Placeholder for the reader's bot id. */
const BOT_ID_PLACEHOLDER = 'your-bot-id';

/** The path at which the backends mount `createCozeChat`. */
const MOUNT = '/coze/';

export function toPastedChat({ values, backend }: Settings): PastedChat {
  const chosen = [...CONTROLS.values()].flatMap((control) => {
    const value = values[control.name];
    return value === undefined ? [] : [{ control, value }];
  });
  const own = chosen.filter(({ control }) => control.target === 'attribute').flatMap(({ control, value }) => toAttribute(control, value));
  const mounted = isMount(backend);
  const { 'token-endpoint': tokenEndpoint = mounted ? `${MOUNT}token` : '/api/coze/token' } = values;
  const isThere = (name: string): boolean => own.some(([other]) => other === name);
  return {
    files: mounted ? MOUNT : '/coze-chat-embed/',
    frameSrc: mounted ? `${MOUNT}frame/` : '/coze-chat-embed/',
    tokenEndpoint,
    mount: mounted && tokenEndpoint === `${MOUNT}token` ? MOUNT : undefined,
    attributes: [
      ...(isThere('bot-id') || isThere('app-id') ? [] : [['bot-id', BOT_ID_PLACEHOLDER] as const]),
      ...own.filter(([name]) => name !== 'token-endpoint'),
    ],
    chatOptions: toOptions(values),
    styles: chosen.filter(({ control }) => control.target === 'style').map(({ control, value }) => [control.name, value] as const),
  };
}

/** Contains only the options that are set. */
export function toOptions(values: Settings['values']): OptionTree | undefined {
  const tree: Record<string, OptionValue> = {};
  for (const control of CONTROLS.values()) {
    const value = values[control.name];
    if (control.target === 'option' && value !== undefined) {
      setAt(tree, control.name.slice(OPTION_PREFIX.length).split('.'), toOptionValue(control, value));
    }
  }
  return Object.keys(tree).length === 0 ? undefined : tree;
}

export function toAttribute({ name, kind }: Control, value: string): Attributes {
  if (kind === 'flag') return value === 'true' ? [[name, true]] : [];
  return [[name, kind === 'number' ? Number(value) : value]];
}

function toOptionValue({ kind }: Control, value: string): OptionValue {
  if (kind === 'flag') return value === 'true';
  if (kind === 'number') return Number(value);
  return kind === 'list' ? value.split('\n').map((line) => line.trim()) : value;
}

function setAt(tree: Record<string, OptionValue>, [name = '', ...rest]: readonly string[], value: OptionValue): void {
  if (rest.length === 0) tree[name] = value;
  else setAt((tree[name] ??= {}) as Record<string, OptionValue>, rest, value);
}
