/** A bot's greeting for a visitor whose name is not known. */

/** With the marks around the name, with what separates it from the words before it and after it, and with the letter that comes then. */
const NAME = /(\s{0,4}[,，、،]?\s{0,4})([*_~`]{0,3})\{\{\s{0,4}user_name\s{0,4}\}\}\2([^\S\n]{0,4}[,，、،:：]?[^\S\n]{0,4})(\p{L})?/gu;
/** Of Markdown, at the start of a line. */
const MARKS_ONLY = /^[\s#>*+-]*$/;

/** The SDK puts the name in place of `{{user_name}}`, and an empty one leaves "Hello !". */
export function greetingFor(greeting: string, name: string): string {
  if (name.trim() !== '') return greeting;
  return greeting.replace(NAME, (_match, before: string, _marks: string, after: string, letter: string | undefined, offset: number) => {
    const line = `${greeting.slice(greeting.lastIndexOf('\n', offset) + 1, offset)}${before}`;
    const isFirst = before.includes('\n') || MARKS_ONLY.test(line);
    return isFirst ? before + (letter ?? '').toLocaleUpperCase() : after + (letter ?? '');
  });
}
