/** What names of characters stand for, as in `&nbsp;`: without `&` and `;`. */
export type Characters = ReadonlyMap<string, string>;
