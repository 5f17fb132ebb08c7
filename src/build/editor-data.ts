/** What editors take up of the manifest, in their own formats. */
import type * as cem from 'custom-elements-manifest';
import { elementIn } from './manifest.js';

type Json = Readonly<Record<string, unknown>>;

/** For `html.customData` of VS Code: https://github.com/microsoft/vscode-custom-data. */
export function vsCodeHtmlData(manifest: cem.Package): Json {
  const { tagName, description, attributes = [] } = elementIn(manifest);
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: markdown(description),
        attributes: attributes.map((attribute) => ({
          name: attribute.name,
          description: markdown(withDefault(attribute)),
          // An attribute that is there or not.
          ...(attribute.type?.text === 'boolean' ? { valueSet: 'v' } : {}),
          ...(choicesOf(attribute).length > 0 ? { values: choicesOf(attribute).map((name) => ({ name })) } : {}),
        })),
      },
    ],
  };
}

/** For `css.customData` of VS Code. */
export function vsCodeCssData(manifest: cem.Package): Json {
  const { tagName, cssParts = [], cssProperties = [], cssStates = [] } = elementIn(manifest);
  const of = (text = ''): string => `\`<${tagName}>\`: ${text}`;
  return {
    version: 1.1,
    properties: cssProperties.map((property) => ({ name: property.name, description: markdown(of(withDefault(property))) })),
    pseudoElements: cssParts.map(({ name, description }) => ({ name: `::part(${name})`, description: markdown(of(description)) })),
    pseudoClasses: cssStates.map(({ name, description }) => ({ name: `:state(${name})`, description: markdown(of(description)) })),
  };
}

/** For JetBrains' editors, which find it by `web-types` of package.json: https://github.com/JetBrains/web-types. */
export function webTypes(manifest: cem.Package, { name, version }: { readonly name: string; readonly version: string }): Json {
  const { tagName, description, attributes = [], members = [], events = [], ...element } = elementIn(manifest);
  const { slots = [], cssParts = [], cssProperties = [] } = element;
  const fields = members.filter((member) => member.kind === 'field');
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: tagName,
            description,
            attributes: attributes.map((attribute) => ({
              name: attribute.name,
              description: attribute.description,
              ...(attribute.default === undefined ? {} : { default: attribute.default }),
              value: attribute.type?.text === 'boolean' ? { kind: 'no-value', type: 'boolean' } : { type: attribute.type?.text },
            })),
            slots: slots.map(named),
            js: {
              properties: fields.map((field) => ({ ...named(field), type: field.type?.text, 'read-only': field.readonly ?? false })),
              events: events.map((event) => ({ ...named(event), type: event.type.text })),
            },
            css: {
              parts: cssParts.map(named),
              properties: cssProperties.map((property) => ({ ...named(property), default: property.default })),
            },
          },
        ],
      },
    },
  };
}

interface Item {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: cem.Type;
}

const named = ({ name, description }: Item): Json => ({ name, description });

const withDefault = ({ description = '', default: initial }: Item): string =>
  initial ? `${description}\n\nDefault: ${initial.includes('`') ? initial : `\`${initial}\``}` : description;

/** The words of `'a' | 'b'`. */
const choicesOf = ({ type }: Item): readonly string[] => [...(type?.text ?? '').matchAll(/'([^']+)'/g)].map(([, word = '']) => word);

const markdown = (value = ''): Json => ({ kind: 'markdown', value });
