/** A shortcut's question, and what the bot is given for it. */
import type { ShortcutCommand } from '../../answers/sent-shortcut.js';
import type { Shortcut } from '../../service/bot-info.js';

export interface FieldValue {
  readonly text: string;
  /** Of an upload: its id at Coze, and whether it is a picture. */
  readonly file?: { readonly id: string; readonly isPicture: boolean };
}

export type FieldValues = Readonly<Record<string, FieldValue>>;

/** `{{name}}` is a field's value; a name without a field is nothing. */
export function fillTemplate({ query_template: template = '', name = '' }: Shortcut, values: FieldValues): string {
  const filled = template.replace(/\{\{\s{0,9}([^{}]{1,200}?)\s{0,9}\}\}/g, (_, field: string) =>
    Object.hasOwn(values, field) ? (values[field]?.text ?? '') : '',
  );
  return filled.trim() || name;
}

/** Only plugins and workflows are given something: a question says all by itself. */
export function toCommand({ id, tool }: Shortcut, values: FieldValues): ShortcutCommand | undefined {
  if (tool?.type !== 'plugin' && tool?.type !== 'workflow') return undefined;
  const parameters = Object.fromEntries(
    Object.entries(values).map(([field, { text, file }]) => [
      field,
      JSON.stringify([file === undefined ? { type: 'text', text } : { type: file.isPicture ? 'image' : 'file', file_id: file.id }]),
    ]),
  );
  return { command_id: id, parameters };
}
