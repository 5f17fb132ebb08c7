/** H2: what the layer under the SDK loads, opens and plays, wherever the URL comes from. */
import { Image } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { afterEach, expect, test, vi } from 'vitest';
import type { PictureVerdict } from '../../../src/core/address.js';
import { validatePicture } from '../../../src/core/address.js';
import { SafeLink } from '../../../src/frame/app/links/safe-link.js';
import { CImage } from '../../../src/frame/app/sdk/overrides/c-image.js';
import { ImageMessage } from '../../../src/frame/app/sdk/overrides/message-image.js';
import { navigateTo } from '../../../src/frame/platform/taro/api/navigate-to.js';
import { PictureValidator } from '../../../src/frame/platform/taro/pictures.js';
import { render } from '../../browser/frame/platform/taro/components/render.js';

const OWN = location.origin;
const BLOB = URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'], { type: 'image/svg+xml' }));
const HOSTILE = [
  '/logout',
  'logout',
  '//elsewhere.example/a',
  '\\\\elsewhere.example\\a',
  `${OWN}/logout`,
  `${location.protocol}logout`,
  `${OWN.toUpperCase()}/logout`,
  'https://elsewhere.example/beacon',
  'https://byteimg.com@elsewhere.example/',
  'data:image/svg+xml,%3Csvg/%3E',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'blob:https://elsewhere.example/1',
];

const validate = (address: unknown): PictureVerdict =>
  validatePicture(address, { pageOrigin: OWN, sources: ['https://*.byteimg.com'], named: [], assetsUrl: `${OWN}/frame/assets/` });

afterEach(() => vi.restoreAllMocks());

test.each(HOSTILE)('The address %j is never loaded as a picture, as an avatar or as sound', async (address) => {
  const { container } = render(
    <PictureValidator.Provider value={validate}>
      <Image src={address} />
      <ImageMessage url={address} />
      <CImage src={address} />
    </PictureValidator.Provider>,
  );
  await vi.waitFor(() => expect(container.textContent).toMatch(/Picture/));
  const sources = [...container.querySelectorAll('img')].map(({ src }) => src);
  expect(sources.filter((src) => !/avatar/.test(src))).toEqual([]);

  const setSource = vi.spyOn(HTMLMediaElement.prototype, 'src', 'set');
  const player = Taro.createInnerAudioContext();
  const failed = new Promise<void>((resolve) => player.onError(() => resolve()));
  player.src = address;
  player.play();
  await failed;
  expect(setSource.mock.calls).toEqual([['blob:']]);
});

test('Without a picture validator, only pictures in memory are shown', () => {
  const { container } = render(
    <>
      <Image src={BLOB} />
      <Image src="https://p3-bot-sign.byteimg.com/a.png" />
    </>,
  );
  expect([...container.querySelectorAll('img')].map(({ src }) => src)).toEqual([BLOB]);
});

test.each(HOSTILE.filter((address) => !/^(?:https?:\/\/|HTTP)/.test(address) && !address.endsWith(':logout')))(
  'The address %j opens no window',
  (address) => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    navigateTo({ url: address });
    expect(open).not.toHaveBeenCalled();
  },
);

test('A link leads to the address that a reader sees, not to a path of the page', () => {
  const { get } = render(<SafeLink url={`${location.protocol}logout`}>out</SafeLink>);
  expect(get<HTMLAnchorElement>('a').href).toBe(`${location.protocol}//logout/`);
});

test('A broken avatar is replaced by the default one, also when it is rendered again, until the picture changes', async () => {
  const broken = URL.createObjectURL(new Blob(['broken'], { type: 'image/png' }));
  const face = (src: string, className = 'face') => (
    <PictureValidator.Provider value={validate}>
      <CImage src={src} className={className} />
    </PictureValidator.Provider>
  );
  const { get, rerender } = render(face(broken));
  await vi.waitFor(() => expect(get<HTMLImageElement>('img').src).toMatch(/avatar/));
  rerender(face(broken, 'face again'));
  expect(get<HTMLImageElement>('img').src).toMatch(/avatar/);
  rerender(face(BLOB));
  expect(get<HTMLImageElement>('img').src).toBe(BLOB);
});
