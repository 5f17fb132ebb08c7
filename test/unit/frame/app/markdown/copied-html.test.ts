import { expect, test } from 'vitest';
import { toHtml } from '../../../../../src/frame/app/markdown/render/to-html.js';
import { parse } from './support/parse.js';

test.each([
  ['- [x] Tea\n- [ ] Milk', '<ul><li>☑ Tea</li><li>☐ Milk</li></ul>'],
  ['- (x) Tea\n- ( ) Milk', '<ul><li>☑ Tea</li><li>☐ Milk</li></ul>'],
  ['- Tea', '<ul><li>Tea</li></ul>'],
])('The list %j is copied as HTML with its boxes', (markdown, html) => {
  expect(toHtml(parse(markdown).children)).toBe(html);
});

test.each([
  ['1. First\n\n   Second', '<ol start="1"><li>First<p>Second</p></li></ol>'],
  ['- [x] Tea\n\n  With milk', '<ul><li>☑ Tea<p>With milk</p></li></ul>'],
  ['- Tea\n  - Green\n\n  Or milk', '<ul><li>Tea<ul><li>Green</li></ul><p>Or milk</p></li></ul>'],
  ['- ```\n  code\n  ```\n  after', '<ul><li><pre><code>code</code></pre><p>after</p></li></ul>'],
  ['$$\na\n$$\n\n$$\nb\n$$', '<p>a</p><p>b</p>'],
  ['<p>\na\n</p>\n\n<!-- c -->', '<p>&lt;p&gt;<br>a<br>&lt;/p&gt;</p><p>&lt;!-- c --&gt;</p>'],
  ['> <hr>\n> <hr>', '<blockquote><p>&lt;hr&gt;<br>&lt;hr&gt;</p></blockquote>'],
  ['a[^1] <b>b</b>\n\n[^1]: One\n\n    Two', '<p>a<sup>[1]</sup> &lt;b&gt;b&lt;/b&gt;</p><div>[1] One<p>Two</p></div>'],
])('The blocks of %j stay apart when they are copied as HTML', (markdown, html) => {
  expect(toHtml(parse(markdown).children)).toBe(html);
});
