/** The words in a message that has files, too: an `object_string` of Coze's. Empty where it has none, or is none. */
export function findWords(content: string): string {
  if (!content.startsWith('[')) return '';
  try {
    const items = JSON.parse(content) as readonly { readonly type?: string; readonly text?: string }[];
    return items.find(({ type }) => type === 'text')?.text ?? '';
  } catch {
    return '';
  }
}
