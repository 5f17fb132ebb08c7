import { expect, test } from 'vitest';
import { UnmarkedText } from '../../../../../src/frame/app/markdown/render/unmarked-text.js';
import { render } from '../../platform/taro/components/render.js';

test.each([
  ['marks', '# **Title**\n\n[a link](https://e.example) and `code`', 'Title\n\na link and code'],
  ['syntax that is loaded late', 'said[^1] $x$\n\n[^1]: by `her`', 'said[1] x\n\n[1] by her'],
  ['a picture without alternative text, which is shown as written', '![](https://e.example/a.png)', '![](https://e.example/a.png)'],
  ['HTML, which is shown as text', '20 <b>EUR</b>', '20 <b>EUR</b>'],
])('UnmarkedText shows the words of a text that has %s', async (_, markdown, plain) => {
  const { container } = render(<UnmarkedText markdown={markdown} />);
  await expect.poll(() => container.textContent).toBe(plain);
});
