/** The examples of the specifications, with their expected results. */
import { createRequire } from 'node:module';

export interface Example {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
  readonly html: string;
}

interface CommonMarkSpecification {
  readonly tests: readonly Example[];
}

const specification = createRequire(import.meta.url)('commonmark-spec') as CommonMarkSpecification;

/** CommonMark's examples, in which an arrow stands for a tab. */
export const COMMONMARK_EXAMPLES: readonly Example[] = specification.tests.map(({ number, section, markdown, html }) => ({
  number,
  section,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}));

/** Numbers of the examples whose result differs on purpose. */
export const COMMONMARK_EXCEPTIONS: Readonly<Record<number, string>> = {
  602: 'GFM makes a link of a bare address.',
  608: 'GFM makes a link of a bare address.',
  611: 'GFM makes a link of a bare address.',
  612: 'GFM makes a link of a bare address.',
};

/** GFM's additions. The expected HTML is that of `micromark-extension-gfm`, which passes GFM's own examples. */
export const GFM_SOURCES: readonly string[] = [
  '| foo | bar |\n| --- | --- |\n| baz | bim |',
  '| abc | defghi |\n:-: | -----------:\nbar | baz',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar',
  '| abc | def |\n| --- |\n| bar |',
  '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |',
  '| abc | def |\n| --- | --- |',
  'a | b\n- | -\nc | d',
  '| a |\n--- |\n',
  'text\nmore\n| a | b |\n| - | - |\n| c | d |',
  '> | a | b |\n> | - | - |\n> | c | d |',
  '- | a | b |\n  | - | - |\n  | c | d |',
  '| [a](b) | `c` | **d** |\n|:--|:-:|--:|\n| e || f |',
  '- [ ] foo\n- [x] bar',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim',
  '1. [x] one\n2. [ ] two',
  '- [x]\n- [ ]nothing\n- text [x]',
  '~~Hi~~ Hello, world!',
  'This ~~has a\n\nnew paragraph~~.',
  'This will ~~~not~~~ strike.',
  '~~**a** b~~ and **~~c~~**',
  'www.commonmark.org',
  'Visit www.commonmark.org/help for more information.',
  'Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.',
  'www.google.com/search?q=Markup+(business)\n\nwww.google.com/search?q=Markup+(business)))\n\n(www.google.com/search?q=Markup+(business))',
  'www.google.com/search?q=(business))+ok',
  'www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;',
  'www.commonmark.org/he<lp',
  'http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))',
  'foo@bar.baz',
  "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
  'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_',
  '**https://a.example/b** and *www.a.example*',
  '"https://a.example/b", \'https://a.example/c\'; https://a.example/d!',
  'https://a.example/b_c_d https://a.example/*e*f',
];
