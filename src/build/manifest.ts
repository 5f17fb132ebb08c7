/**
 * The custom elements manifest (https://github.com/webcomponents/custom-elements-manifest), which editors, catalogues and wrappers read.
 * Types are the code's, texts and defaults those of the README's tables: tests hold these against the code.
 */
import type * as cem from 'custom-elements-manifest';
import { ChatProperties } from '../element/properties/chat-properties.js';
import { type Row, tableIn } from './markdown.js';
import type { EventType, Field, Method, PublicApi } from './public-api.js';

/** The modules of the package that a page loads. */
const CLASS_MODULE = 'dist/index.js';
const DEFINITION_MODULE = 'dist/define.js';
const ELEMENT = 'CozeChatElement';
const TAG = 'coze-chat';

export function customElementsManifest(readme: string, api: PublicApi): cem.Package {
  const element = elementOf(readme, api);
  const events = api.events.map((event) => eventClassOf(readme, event));
  const declarations = [element, ...events];
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: CLASS_MODULE,
        declarations,
        exports: declarations.map(({ name }) => ({ kind: 'js', name, declaration: { name } })),
      },
      {
        kind: 'javascript-module',
        path: DEFINITION_MODULE,
        exports: [{ kind: 'custom-element-definition', name: TAG, declaration: { name: ELEMENT, module: CLASS_MODULE } }],
      },
    ],
  };
}

/** The one element in it. */
export function elementIn(manifest: cem.Package): cem.CustomElementDeclaration {
  return manifest.modules[0]?.declarations?.[0] as cem.CustomElementDeclaration;
}

function elementOf(readme: string, { summary, fields, methods, events }: PublicApi): cem.CustomElementDeclaration {
  const described = (heading: string, column: string, text: string): readonly Described[] =>
    tableIn(readme, heading).map((row) => ({ name: row[column] ?? '', description: plain(row[text]) }));
  return {
    kind: 'class',
    customElement: true,
    name: ELEMENT,
    tagName: TAG,
    description: summary,
    superclass: { name: 'HTMLElement', package: 'global:' },
    attributes: tableIn(readme, 'Attributes').map((row) => attributeOf(row, fields)),
    members: [...fields.map((field) => fieldOf(readme, field)), ...methods.map((method) => methodOf(readme, method))],
    events: tableIn(readme, 'Events').map((row) => eventOf(row, events)),
    slots: [...described('Slots', 'slot', 'in place of')],
    cssParts: [...described('Parts', 'part', 'what it is')],
    cssProperties: tableIn(readme, 'Custom properties').map((row) => ({
      name: row['property'] ?? '',
      default: plain(row['default']),
      description: plain(row['what it sets']),
    })),
    cssStates: [...described('States', 'state', 'meaning')],
  };
}

interface Described {
  readonly name: string;
  readonly description: string;
}

function attributeOf(row: Row, fields: readonly Field[]): cem.Attribute {
  const name = row['attribute'] ?? '';
  const field = fields.find((candidate) => attributeOfField(candidate.name) === name);
  return {
    name,
    description: plain(row['meaning']),
    type: { text: withoutAbsence(field?.type ?? 'string') },
    ...(row['default'] ? { default: row['default'] } : {}),
    ...(field === undefined ? {} : { fieldName: field.name }),
  };
}

function fieldOf(readme: string, { name, type, readonly }: Field): cem.CustomElementField {
  const attribute = attributeOfField(name);
  const row = attribute
    ? rowOf(readme, 'Attributes', 'attribute', attribute)
    : rowOf(readme, 'Properties without an attribute', 'property', name);
  return {
    kind: 'field',
    name,
    description: plain(row['meaning']),
    type: { text: type },
    ...(row['default'] ? { default: type.includes("'") || type === 'string' ? `'${row['default']}'` : row['default'] } : {}),
    ...(attribute ? { attribute } : {}),
    ...(ChatProperties.elementProperties.get(name)?.reflect ? { reflects: true } : {}),
    ...(readonly ? { readonly } : {}),
  };
}

function methodOf(readme: string, { name, parameters, returns }: Method): cem.ClassMethod {
  const heading = `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`;
  return {
    kind: 'method',
    name,
    description: plain(rowOf(readme, 'Methods', 'method', heading)['what it does']),
    ...(parameters.length > 0
      ? { parameters: parameters.map((parameter) => ({ name: parameter.name, type: { text: parameter.type } })) }
      : {}),
    return: { type: { text: returns } },
  };
}

function eventOf(row: Row, events: readonly EventType[]): cem.Event {
  const name = row['event'] ?? '';
  const text = events.find((event) => event.name === name)?.className ?? 'Event';
  return {
    name,
    description: plain(row['when']),
    type: { text, references: [{ name: text, module: CLASS_MODULE, start: 0, end: text.length }] },
  };
}

function eventClassOf(readme: string, { name, className, fields }: EventType): cem.ClassDeclaration {
  return {
    kind: 'class',
    name: className,
    description: plain(rowOf(readme, 'Events', 'event', name)['when']),
    superclass: { name: 'Event', package: 'global:' },
    ...(fields.length > 0
      ? { members: fields.map((field) => ({ kind: 'field', name: field.name, type: { text: field.type }, readonly: true })) }
      : {}),
  };
}

function rowOf(readme: string, heading: string, column: string, name: string): Row {
  const row = tableIn(readme, heading).find((candidate) => candidate[column] === name);
  if (row === undefined) throw new Error(`README.md, "${heading}": there is no ${column} "${name}".`);
  return row;
}

/** As Lit has it; `undefined` for a property that has none. */
function attributeOfField(name: string): string | undefined {
  // Lit makes the map with these.
  void ChatProperties.observedAttributes;
  const attribute = ChatProperties.elementProperties.get(name)?.attribute;
  return typeof attribute === 'string' ? attribute : undefined;
}

const withoutAbsence = (type: string): string => type.replace(/ \| (?:undefined|null)$/, '');

/** Links of the README lead nowhere from elsewhere. */
const plain = (text = ''): string => text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
