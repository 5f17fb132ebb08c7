/**
 * Source of a regular expression with the flag `u`. Matches control characters, the characters of Unicode's Default_Ignorable_Code_Point,
 * which include those that change the visual order of text, and the marks of annotations. Does not match white space, nor characters that
 * scripts and emoji need: joiners, Mongolian variation selectors, the choice between text and emoji. A string, because the build inlines
 * strings, and page and tools share no chunk.
 */
export const HIDDEN_CHARACTERS =
  '(?![\\u180b-\\u180d\\u180f\\u200c\\u200d\\ufe0e\\ufe0f])[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]|(?![\\t\\n\\r])\\p{Cc}';
