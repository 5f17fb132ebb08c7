/**
 * Parses the `shortcut_commands` of the API's response about a bot:
 * https://www.coze.cn/open/docs/developer_guides/get_metadata_draft_published
 */
import { asList, asObject, asText } from '../../../core/values/foreign-value.js';

export interface Shortcut {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Template of the question; `{{name}}` stands for the value of a field. */
  readonly template: string;
  /** Whether the shortcut runs a plugin or a workflow. */
  readonly isCommand: boolean;
  readonly fields: readonly ShortcutField[];
}

export interface ShortcutField {
  readonly name: string;
  readonly description: string;
  readonly kind: 'text' | 'select' | 'file';
  readonly initialText: string;
  readonly isHidden: boolean;
  readonly choices: readonly string[];
}

/** Omits shortcuts that have no id or no name. */
export function parseShortcuts(values: readonly unknown[]): readonly Shortcut[] {
  return values
    .map(asObject)
    .map(parseShortcut)
    .filter(({ id, name }) => id !== '' && name !== '');
}

function parseShortcut(shortcut: Readonly<Record<string, unknown>>): Shortcut {
  const runner = asText(asObject(shortcut['tool'])['type']);
  return {
    id: asText(shortcut['id']),
    name: asText(shortcut['name']),
    description: asText(shortcut['description']),
    template: asText(shortcut['query_template']),
    isCommand: runner === 'plugin' || runner === 'workflow',
    fields: asList(shortcut['components'])
      .map(asObject)
      .map(parseField)
      .filter(({ name }) => name !== ''),
  };
}

function parseField(field: Readonly<Record<string, unknown>>): ShortcutField {
  const choices = asList(field['options']).filter((choice): choice is string => typeof choice === 'string');
  return {
    name: asText(field['name']),
    description: asText(field['description']),
    kind: toKind(asText(field['type']), choices.length > 0),
    initialText: asText(field['default_value']),
    isHidden: field['is_hide'] === true,
    choices,
  };
}

function toKind(type: string, hasChoices: boolean): ShortcutField['kind'] {
  if (type === 'file') return 'file';
  return type === 'select' && hasChoices ? 'select' : 'text';
}
