/** A shortcut's question, and what the bot is given for it. */
import type { ShortcutCommand } from '../../answers/sent-shortcut.js';
import type { Shortcut } from '../parse-shortcuts.js';

export interface FieldValue {
  readonly text: string;
  /** Of an upload: its id at Coze, and whether it is a picture. */
  readonly file?: { readonly id: string; readonly isPicture: boolean };
}

export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A name without a field is nothing. */
export function fillTemplate({ template, name }: Pick<Shortcut, 'template' | 'name'>, values: FieldValues): string {
  const filled = template.replace(/\{\{([^{}]{1,200})\}\}/g, (_, braced: string) => {
    const field = braced.trim();
    return Object.hasOwn(values, field) ? (values[field]?.text ?? '') : '';
  });
  return filled.trim() || name;
}

/** Only plugins and workflows are given something: a question says all by itself. */
export function toCommand({ id, isCommand }: Pick<Shortcut, 'id' | 'isCommand'>, values: FieldValues): ShortcutCommand | undefined {
  if (!isCommand) return undefined;
  const parameters = Object.fromEntries(
    Object.entries(values).map(([field, { text, file }]) => [
      field,
      JSON.stringify([file === undefined ? { type: 'text', text } : { type: file.isPicture ? 'image' : 'file', file_id: file.id }]),
    ]),
  );
  return { command_id: id, parameters };
}
