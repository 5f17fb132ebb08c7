import { describe, expect, it } from 'vitest';
import { colour } from '../../../../../src/frame/app/markdown/render/code/colour-code.js';

/** Each coloured part as `kind:text`. */
function coloured(language: string, source: string): readonly string[] | undefined {
  return colour(language, source)?.flatMap((part) =>
    typeof part === 'string' ? [] : [`${part.className.replace('md-code__', '')}:${part.text}`],
  );
}

describe('Colours of code', () => {
  it.each([
    ['js', 'const a = "b"; // c', ['keyword:const', 'string:"b"', 'comment:// c']],
    ['TypeScript', 'let n: number = 0x1f;', ['keyword:let', 'name:n', 'keyword:number', 'number:0x1f']],
    ['js', "f('it\\'s', `a\nb`)", ['name:f', "string:'it\\'s'", 'string:`a\nb`']],
    ['python', 'def f(x): # y\n  """z\n"""', ['keyword:def', 'name:f', 'comment:# y', 'string:"""z\n"""']],
    ['json', '{"a": "b", "c": 1.5, "d": true}', ['name:"a"', 'string:"b"', 'name:"c"', 'number:1.5', 'name:"d"', 'keyword:true']],
    ['sql', 'SELECT a FROM b -- c', ['keyword:SELECT', 'keyword:FROM', 'comment:-- c']],
    ['html', '<!-- a --><a href="b">c</a>', ['comment:<!-- a -->', 'keyword:<a', 'name:href', 'string:"b"', 'keyword:</a']],
    ['css', '@media x { a { color: red; } } /* b */', ['keyword:@media', 'name:color', 'comment:/* b */']],
    ['diff', '@@ 1 @@\n-a\n+b\n c - d', ['comment:@@ 1 @@', 'removed:-a', 'string:+b']],
    ['bash', 'echo "$HOME"#a', ['keyword:echo', 'string:"$HOME"']],
    ['c', '/* not closed', ['comment:/* not closed']],
    ['js', '"not closed\nconst', ['string:"not closed', 'keyword:const']],
  ])('The colours of code in %s depend on the kind of each part: %j becomes %j', (language, source, expected) => {
    expect(coloured(language, source)).toEqual(expected);
  });

  it('Code in an unknown language has no colours', () => {
    expect(colour('klingon', 'qapla')).toBeUndefined();
    expect(colour('constructor', 'a')).toBeUndefined();
  });

  it.each([
    '"'.repeat(20_000),
    '/*'.repeat(10_000),
    `<${'a'.repeat(20_000)}`,
    '\\'.repeat(20_000),
    `${' '.repeat(20_000)}(`,
    '1.'.repeat(10_000),
  ])('Long code that repeats itself is coloured without a change of its text', (source) => {
    for (const language of ['js', 'python', 'sql', 'html', 'css', 'diff']) {
      const parts = colour(language, source) ?? [];
      expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(source);
    }
  });
});
