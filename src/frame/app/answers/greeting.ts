/** Adapts a bot's greeting to a visitor whose name is not known. */

/** Matches the placeholder of the name with the Markdown marks around it, the separators before and after it, and the letter that follows. */
const NAME = /(\s{0,4}[,，、،]?\s{0,4})([*_~`]{0,3})\{\{\s{0,4}user_name\s{0,4}\}\}\2([^\S\n]{0,4}[,，、،:：]?[^\S\n]{0,4})(\p{L})?/gu;
/** Matches the start of a line if it consists only of Markdown marks. */
const MARKS_ONLY = /^[\s#>*+-]*$/;

/** Returns the greeting without `{{user_name}}` if `name` is blank. The SDK would replace it with the blank name: "Hello !". */
export function greetingFor(greeting: string, name: string): string {
  if (name.trim() !== '') return greeting;
  return greeting.replace(NAME, (_match, before: string, _marks: string, after: string, letter: string | undefined, offset: number) => {
    const line = `${greeting.slice(greeting.lastIndexOf('\n', offset) + 1, offset)}${before}`;
    const isFirst = before.includes('\n') || MARKS_ONLY.test(line);
    return isFirst ? before + (letter ?? '').toLocaleUpperCase() : after + (letter ?? '');
  });
}
