/**
 * The reference tables in Markdown pages, between `<!-- generated:attributes -->` and `<!-- /generated -->`, generated from the manifest
 * and the options' types, so that the comments beside the code are their only source.
 */
import type * as cem from 'custom-elements-manifest';
import { format } from 'prettier';
import { type Feature, FEATURES, PERMISSION_GROUPS, type PermissionGroup } from '../../cli/doctor/permissions.js';
import { VARIABLES } from '../../cli/serve/settings.js';
import { type InterfaceMember, readInterface } from './interface-members.js';
import { createManifest, findElement, listEventClasses } from './manifest.js';
import type { PublicApi } from './public-api.js';

/** Every table by name, formatted by Prettier. */
export async function createTables(api: PublicApi): Promise<ReadonlyMap<string, string>> {
  const manifest = createManifest(api);
  const element = findElement(manifest);
  const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [], cssStates = [] } = element;
  const fields = members.filter((member): member is cem.CustomElementField => member.kind === 'field' && !('attribute' in member));
  const methods = members.filter((member): member is cem.ClassMethod => member.kind === 'method');
  const classes = listEventClasses(manifest);
  const tables: readonly (readonly [name: string, table: string])[] = [
    ['attributes', table(['attribute', 'type', 'default', 'meaning'], attributes.map(attributeRow))],
    ['properties', table(['property', 'type', 'meaning'], fields.map(propertyRow))],
    ['methods', table(['method', 'returns', 'what it does'], methods.map(methodRow))],
    [
      'events',
      table(
        ['event', 'fields', 'when'],
        events.map((event) => eventRow(event, classes)),
      ),
    ],
    [
      'event-fields',
      table(
        ['event', 'field', 'type', 'meaning'],
        events.flatMap((event) => fieldRows(event, classes)),
      ),
    ],
    ['slots', table(['slot', 'in place of'], slots.map(describedRow))],
    ['parts', table(['part', 'what it is'], cssParts.map(describedRow))],
    ['custom-properties', table(['property', 'default', 'what it sets'], cssProperties.map(cssPropertyRow))],
    ['states', table(['state', 'meaning'], cssStates.map(describedRow))],
    ['permissions', table(['for', 'tick in the console', 'needed'], Object.values<Feature>(FEATURES).map(featureRow))],
    ['variables', table(['variable', 'meaning'], Object.entries(VARIABLES).map(variableRow))],
    ['chat-options', table(['option', 'type', 'default', 'meaning'], readInterface(api, 'ChatOptions').map(optionRow))],
  ];
  return new Map(
    await Promise.all(tables.map(async ([name, text]) => [name, (await format(text, { parser: 'markdown' })).trim()] as const)),
  );
}

/** Inserts the tables between the page's marks. */
export function fillTables(page: string, tables: ReadonlyMap<string, string>): string {
  return page.replaceAll(
    /(<!-- generated:([\w-]+) -->\n)(?:[\s\S]*?\n)??(<!-- \/generated -->)/g,
    (_, start: string, name: string, end: string) => {
      const text = tables.get(name);
      if (text === undefined) throw new Error(`There is no table "${name}". There are: ${[...tables.keys()].join(', ')}.`);
      return `${start}\n${text}\n\n${end}`;
    },
  );
}

/** Names of the tables for which no page has a mark: `<!-- generated:name -->` … `<!-- /generated -->`. */
export function findUnplaced(pages: readonly string[], tables: ReadonlyMap<string, string>): readonly string[] {
  return [...tables.keys()].filter((name) => pages.every((page) => !page.includes(`<!-- generated:${name} -->\n`)));
}

type Row = readonly string[];

function table(columns: Row, rows: readonly Row[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const code = (text: string | undefined): string => (text ? `\`${text}\`` : '');

const attributeRow = (attribute: cem.Attribute): Row => [
  code(attribute.name),
  code(attribute.type?.text),
  code(attribute.default),
  attribute.description ?? '',
];

const propertyRow = ({ name, type, description = '', readonly = false }: cem.ClassField): Row => [
  code(name),
  code(withoutAbsence(type?.text)),
  readonly ? `Read-only. ${description}` : description,
];

const methodRow = ({ name, parameters = [], return: result, description = '' }: cem.ClassMethod): Row => [
  code(`${name}(${parameters.map((parameter) => parameter.name).join(', ')})`),
  code(result?.type?.text),
  description,
];

const eventRow = ({ name, type, description = '' }: cem.Event, classes: readonly cem.ClassDeclaration[]): Row => [
  code(name),
  listFields(type.text, classes)
    .map((field) => code(field.name))
    .join(', '),
  description,
];

const fieldRows = ({ name, type }: cem.Event, classes: readonly cem.ClassDeclaration[]): readonly Row[] =>
  listFields(type.text, classes).map((field) => [code(name), code(field.name), code(shortType(field)), field.description ?? '']);

const describedRow = ({ name, description = '' }: { readonly name: string; readonly description?: string }): Row => [
  code(name),
  description,
];

const cssPropertyRow = (property: cem.CssCustomProperty): Row => [code(property.name), code(property.default), property.description ?? ''];

/** Permissions by group, as the console shows them. */
function featureRow({ title, points, isDefault, switchedBy }: Feature): Row {
  const byGroup = new Map<PermissionGroup, string[]>();
  for (const point of points) {
    const [group, key] = point.split('.') as [PermissionGroup, string];
    byGroup.set(group, [...(byGroup.get(group) ?? []), code(key)]);
  }
  const ticked = [...byGroup].map(([group, keys]) => {
    const { chinese, english } = PERMISSION_GROUPS[group];
    return `${chinese} (${english}): ${keys.join(', ')}`;
  });
  const unless = switchedBy === undefined ? 'always' : `unless ${code(switchedBy)} is off`;
  return [title, ticked.join('; '), isDefault ? unless : `with ${code(switchedBy)}`];
}

const variableRow = ([name, meaning]: readonly [string, string]): Row => [code(name), meaning];

const optionRow = ({ path, type, default: initial, description }: InterfaceMember): Row => [
  code(path),
  code(type),
  code(initial),
  description,
];

function listFields(className: string, classes: readonly cem.ClassDeclaration[]): readonly cem.ClassField[] {
  const members = classes.find(({ name }) => name === className)?.members ?? [];
  return members.filter((member) => member.kind === 'field');
}

/** The type of error codes is left out, because the codes have a table of their own. */
function shortType({ name, type }: cem.ClassField): string | undefined {
  return name === 'code' ? type?.text.replace(/^'.*'$/, 'ErrorCode') : type?.text;
}

const withoutAbsence = (type: string | undefined): string | undefined => type?.replace(/ \| undefined$/, '');
