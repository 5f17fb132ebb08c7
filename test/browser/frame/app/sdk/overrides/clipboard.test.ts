import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setClipboardData } from '../../../../../../src/frame/app/sdk/overrides/clipboard.js';
import { setStrings } from '../../../../../../src/frame/platform/taro/strings.js';
import { strings } from '../../../../../../src/locales/translations/en.js';

beforeEach(() => setStrings(strings));
afterEach(() => vi.restoreAllMocks());

/** The content of the clipboard, by media type. */
async function copy(markdown: string): Promise<Readonly<Record<string, string>>> {
  const write = vi.spyOn(navigator.clipboard, 'write').mockResolvedValue();
  await setClipboardData({ data: markdown });
  const [item] = write.mock.lastCall?.[0] ?? [];
  const blobs = await Promise.all((item?.types ?? []).map(async (type) => [type, await (await item?.getType(type))?.text()] as const));
  return Object.fromEntries(blobs.map(([type, text]) => [type, text ?? '']));
}

test('A message is copied as Markdown and as rich text', async () => {
  expect(await copy('**注意：**请看 [手册](https://example.com/a)。')).toEqual({
    'text/plain': '**注意：**请看 [手册](https://example.com/a)。',
    'text/html': '<p><strong>注意：</strong>请看 <a href="https://example.com/a">手册</a>。</p>',
  });
});

test('A table is copied as an HTML table', async () => {
  const { 'text/html': html } = await copy('| a | b |\n|---|--:|\n| 1 | `2` |');
  expect(html).toBe(
    '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1</td><td align="right"><code>2</code></td></tr></tbody></table>',
  );
});

test('HTML in a message and links with an unsafe address are copied as text', async () => {
  const { 'text/html': html } = await copy('<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b"](https://example.com/x.png)');
  expect(html).toBe('<p>&lt;img src=x onerror=alert(1)&gt; a b&quot;</p>');
});

test('A message is copied as Markdown if the browser does not allow rich text', async () => {
  vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  const copied: unknown[] = [];
  vi.spyOn(document, 'execCommand').mockImplementation((command) => copied.push([command, String(document.getSelection())]) > 0);
  const handleSuccess = vi.fn();
  await setClipboardData({ data: '**a**', success: handleSuccess });
  expect(copied).toEqual([['copy', '**a**']]);
  expect(handleSuccess).toHaveBeenCalledExactlyOnceWith(false);
});
