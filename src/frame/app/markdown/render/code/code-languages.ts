/** The syntax of comments, strings and keywords in each language. */

export interface Grammar {
  readonly lineComments: readonly string[];
  readonly blockComment?: readonly [start: string, end: string];
  /** Longer marks first; a string with one of `multiline` may contain line breaks. */
  readonly quotes: readonly string[];
  readonly multiline: readonly string[];
  /** Characters that a word may contain in addition to letters, digits and underscores. */
  readonly inWords: string;
  /** Whether `<` begins a tag. */
  readonly hasTags?: boolean;
  /** Whether `+` or `-` at the start of a line marks an added or removed line. */
  readonly isDiff?: boolean;
}

const C: Grammar = { lineComments: ['//'], blockComment: ['/*', '*/'], quotes: ['"', "'", '`'], multiline: ['`'], inWords: '$' };
const SCRIPT: Grammar = { lineComments: ['#'], quotes: ['"""', "'''", '"', "'"], multiline: ['"""', "'''", '"'], inWords: '$-' };
const QUERY: Grammar = { lineComments: ['--'], blockComment: ['/*', '*/'], quotes: ["'", '"'], multiline: ["'"], inWords: '' };
const MARKUP: Grammar = { lineComments: [], blockComment: ['<!--', '-->'], quotes: ['"'], multiline: ['"'], inWords: ':-', hasTags: true };
const STYLE: Grammar = { lineComments: [], blockComment: ['/*', '*/'], quotes: ['"', "'"], multiline: [], inWords: '-@%' };
const DIFF: Grammar = { lineComments: ['@@'], quotes: [], multiline: [], inWords: '', isDiff: true };

const JAVASCRIPT =
  'async await break case catch class const continue default delete do else export extends false finally for from function get if import in instanceof let new null of return set static super switch this throw true try typeof undefined var void while yield';
const TYPESCRIPT = `${JAVASCRIPT} abstract any as boolean declare enum implements interface keyof namespace never number private protected public readonly satisfies string type unknown`;
const JAVA =
  'abstract boolean break byte case catch char class continue default do double else enum extends false final finally float for if implements import instanceof int interface long new null package private protected public record return short static super switch synchronized this throw throws true try var void while';
const CPP =
  'auto bool break case catch char class const constexpr continue default define delete do double else enum extern false float for goto if ifdef ifndef include endif inline int long namespace new nullptr operator private protected public return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual void volatile while NULL';
const SHELL =
  'case do done echo elif else esac export fi for function if in local return sudo then while cd exit set source npm npx pip git docker curl';

/** Each language with the names that models write after a fence, and its keywords. */
const LANGUAGES: readonly (readonly [names: string, grammar: Grammar, keywords: string])[] = [
  ['js javascript jsx mjs cjs node', C, JAVASCRIPT],
  ['ts typescript tsx', C, TYPESCRIPT],
  ['json jsonc json5', C, 'true false null'],
  ['java', C, JAVA],
  ['c h cpp c++ cc cxx hpp objc', C, CPP],
  [
    'cs csharp c#',
    C,
    `${JAVA} async await base decimal delegate foreach get in internal is namespace object out override readonly ref set sealed string struct using virtual where`,
  ],
  [
    'go golang',
    C,
    'break case chan const continue default defer else false for func go goto if import interface map nil package range return select string int error bool struct switch true type var',
  ],
  [
    'rust rs',
    C,
    'as async await break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while',
  ],
  [
    'kotlin kt kts',
    C,
    'as break by class companion continue data do else false for fun if import in interface is null object open override package private return sealed super suspend this throw true try typealias val var when while',
  ],
  [
    'swift',
    C,
    'as break case catch class continue defer do else enum extension false for func guard if import in init inout is let nil private protocol public return self static struct super switch throw throws true try var where while',
  ],
  [
    'php',
    C,
    'abstract as break case catch class const continue default echo else elseif extends false final finally fn for foreach function if implements interface namespace new null private protected public return static switch this throw true try use while',
  ],
  ['scss less', STYLE, '@import @include @mixin @media @use @forward @return @if @else @each @for'],
  [
    'python py python3',
    SCRIPT,
    'and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return self True try while with yield',
  ],
  [
    'ruby rb',
    SCRIPT,
    'alias and begin break case class def do else elsif end ensure false for if in module next nil not or require rescue return self super then true unless until when while yield',
  ],
  ['bash sh shell zsh console', SCRIPT, SHELL],
  [
    'powershell ps1',
    SCRIPT,
    'begin break catch continue do else elseif end exit filter finally for foreach function if in param process return switch throw try until while',
  ],
  ['yaml yml', SCRIPT, 'true false null yes no on off'],
  ['toml ini conf env properties', SCRIPT, 'true false'],
  ['dockerfile docker', SCRIPT, 'add arg cmd copy entrypoint env expose from healthcheck label run shell user volume workdir as'],
  ['r', SCRIPT, 'break else FALSE for function if in library next NULL repeat return TRUE while'],
  [
    'sql mysql postgresql sqlite',
    QUERY,
    'add all alter and as asc begin between by case commit create default delete desc distinct drop else end exists foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer primary references right rollback select set table then union unique update values view when where with',
  ],
  ['lua', QUERY, 'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'],
  ['html xml svg vue xhtml', MARKUP, ''],
  ['css', STYLE, '@media @import @supports @keyframes @font-face @layer @container important'],
  ['diff patch', DIFF, ''],
];

export interface Language {
  readonly grammar: Grammar;
  readonly keywords: ReadonlySet<string>;
}

/** Finds a language by the name after a fence, in lower case. */
export function findLanguage(name: string): Language | undefined {
  const found = LANGUAGES.find(([names]) => names.split(' ').includes(name));
  return found === undefined ? undefined : { grammar: found[1], keywords: new Set(found[2].split(' ')) };
}
