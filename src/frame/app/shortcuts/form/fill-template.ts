/** Builds the question of a shortcut, and the command that is sent with it. */
import type { ShortcutCommand } from '../../answers/sent-shortcut.js';
import type { Shortcut } from '../parse-shortcuts.js';

export interface FieldValue {
  readonly text: string;
  /** The uploaded file: its id at Coze, and whether it is a picture. */
  readonly file?: { readonly id: string; readonly isPicture: boolean };
}

export type FieldValues = Readonly<Record<string, FieldValue>>;

/**
 * Replaces each `{{name}}` with the value of its field, or with nothing if there is no such field. Returns the shortcut's name if nothing is
 * left.
 */
export function fillTemplate({ template, name }: Pick<Shortcut, 'template' | 'name'>, values: FieldValues): string {
  const filled = template.replace(/\{\{([^{}]{1,200})\}\}/g, (_, braced: string) => {
    const field = braced.trim();
    return Object.hasOwn(values, field) ? (values[field]?.text ?? '') : '';
  });
  return filled.trim() || name;
}

/** Returns `undefined` for a shortcut that runs no plugin or workflow: its question is enough. */
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
