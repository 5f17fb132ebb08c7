import { Image } from '@tarojs/components';
import { expect, test, vi } from 'vitest';
import { setStrings } from '../../../../../../src/frame/platform/taro/strings.js';
import { strings as en } from '../../../../../../src/locales/translations/en.js';
import { strings as zhCN } from '../../../../../../src/locales/translations/zh-CN.js';
import { render } from './render.js';

/** 4 × 2 pixels. */
const PICTURE = URL.createObjectURL(
  new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="4" height="2"/></svg>'], { type: 'image/svg+xml' }),
);
const size = ({ offsetWidth, offsetHeight }: HTMLElement): number[] => [offsetWidth, offsetHeight];

test('onLoad receives the natural size of a picture', async () => {
  const handleLoad = vi.fn();
  render(<Image src={PICTURE} onLoad={handleLoad} />);
  await vi.waitFor(() => expect(handleLoad).toHaveBeenCalled());
  expect(handleLoad.mock.calls[0]?.[0].detail).toEqual({ width: 4, height: 2 });
});

test('onError is called for a picture that cannot be loaded', async () => {
  const handleError = vi.fn();
  render(<Image src={URL.createObjectURL(new Blob(['broken'], { type: 'image/png' }))} onError={handleError} />);
  await vi.waitFor(() => expect(handleError).toHaveBeenCalled());
});

test('An Image without a source keeps its size, and shows no broken picture', () => {
  const { container, get } = render(<Image src="" className="avatar" style={{ width: 32, height: 32 }} />);
  expect(size(get('.avatar'))).toEqual([32, 32]);
  expect(container.querySelector('img')).toBeNull();
});

test.each([
  ['scaleToFill', 'fill', [320, 240]],
  ['aspectFill', 'cover', [320, 240]],
  ['aspectFit', 'contain', [320, 240]],
  ['widthFix', 'fill', [320, 160]],
  ['heightFix', 'fill', [480, 240]],
] as const)('Mode %s fits the picture by "%s" into %s', async (mode, fit, expected) => {
  const handleLoad = vi.fn();
  const { get } = render(
    <div style={{ width: 1000 }}>
      <Image src={PICTURE} mode={mode} onLoad={handleLoad} />
    </div>,
  );
  await vi.waitFor(() => expect(handleLoad).toHaveBeenCalled());
  expect([getComputedStyle(get('img')).objectFit, size(get('img'))]).toEqual([fit, expected]);
});

test('A rule of the SDK overrides the default size of an Image', () => {
  const style = new CSSStyleSheet();
  style.replaceSync('.tiny { width: 16px; height: 16px }');
  document.adoptedStyleSheets.unshift(style);
  const { get } = render(<Image src={PICTURE} className="tiny" />);
  expect(size(get('img'))).toEqual([16, 16]);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== style);
});

test('An Image with onClick has a name in the language of the chat, and any other has an empty one', () => {
  setStrings(zhCN);
  const { container } = render(
    <>
      <Image src={PICTURE} onClick={() => {}} />
      <Image src={PICTURE} />
    </>,
  );
  expect([...container.querySelectorAll('img')].map(({ alt }) => alt)).toEqual(['图片', '']);
  setStrings(en);
});

test('An SVG icon of the SDK becomes part of the document', () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1em" height="1em"><path d="M0 0h1v1z"/></svg>';
  const { container, get } = render(
    <Image svg src={`data:image/svg+xml;base64,${btoa(drawing)}`} style={{ width: 18, height: 18 }} className="send" />,
  );
  expect(container.querySelector('img')).toBeNull();
  expect(get('.send').ariaHidden).toBe('true');
  expect(get('svg').getBoundingClientRect()).toMatchObject({ width: 18, height: 18 });
});

test('An SVG picture in a message does not become part of the document', () => {
  const { container } = render(<Image src={`data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`} />);
  expect(container.querySelector('svg')).toBeNull();
});
