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
