/**
 * Finds addresses of e-mail in a text, in place of `/([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/g` of `mdast-util-gfm-autolink-literal`
 * (src/build/sdk-source.ts). That expression begins anew at each letter of a text without an `@`; this looks for the `@` first.
 */

/** RFC 5321, section 4.5.3.1.1. */
const MAX_LOCAL_PART_LENGTH = 64;

const LOCAL_PART_SIGN = /[-.\w+]/;
const DOMAIN_SIGN = /[-.\w]/;

/** What `mdast-util-find-and-replace` uses of an expression. */
export class EmailAddresses {
  readonly global = true;
  lastIndex = 0;

  /** The next address from `lastIndex` on: the whole, the local part, the domain. */
  exec(text: string): RegExpExecArray | null {
    for (let at = text.indexOf('@', this.lastIndex); at !== -1; at = text.indexOf('@', at + 1)) {
      const index = findLocalPart(text, at, Math.max(this.lastIndex, at - MAX_LOCAL_PART_LENGTH));
      const domain = findDomain(text, at + 1);
      if (index === at || domain === undefined) continue;
      this.lastIndex = at + 1 + domain.length;
      return Object.assign([text.slice(index, this.lastIndex), text.slice(index, at), domain] as [string, string, string], {
        index,
        input: text,
      });
    }
    this.lastIndex = 0;
    return null;
  }
}

function findLocalPart(text: string, end: number, earliest: number): number {
  let start = end;
  while (start > earliest && LOCAL_PART_SIGN.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** Two labels at least, none of them empty. */
function findDomain(text: string, start: number): string | undefined {
  let end = start;
  while (DOMAIN_SIGN.test(text.charAt(end)) && !text.startsWith('..', end)) end += 1;
  if (text.charAt(end - 1) === '.') end -= 1;
  const domain = text.slice(start, end);
  return domain.startsWith('.') || !domain.includes('.') ? undefined : domain;
}
