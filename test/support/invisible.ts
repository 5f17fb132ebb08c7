/** One of each kind of invisible character, and every kind of white space. */
export const INVISIBLE: readonly string[] = [
  ...'\t\n\v\f\r\u0000\u001b\u0085\u00a0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
  ...'\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2063\u2066\u206f\u2800\u3164\ufe00\ufe0f\uffa0\ufff9',
  '\u{e0001}',
  '\u{e0041}',
  '\u{e0100}',
  '\u{1d173}',
];
