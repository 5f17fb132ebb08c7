import { describe, expect, it } from 'vitest';
import { frameAssets } from '../../../../src/element/chat/frame-assets.js';

const BASE_URL = 'https://shop.example/blog/post';
const assetsFor = (frameSrc: string) => frameAssets({ frameSrc, nonce: '', baseUrl: BASE_URL });

describe('the frame’s files', () => {
  it.each([
    ['/chat/', 'https://shop.example/chat/'],
    ['/chat', 'https://shop.example/chat/'],
    ['/chat/frame.js', 'https://shop.example/chat/'],
    ['/chat/frame.js?v=2#top', 'https://shop.example/chat/'],
    ['chat/', 'https://shop.example/blog/chat/'],
    ['https://cdn.example/coze-chat-embed@1.0.0/frame/', 'https://cdn.example/coze-chat-embed@1.0.0/frame/'],
    ['//cdn.example', 'https://cdn.example/'],
  ])('are, with frame-src="%s", in %s', (frameSrc, folder) => {
    const { scriptUrl, styleUrl } = assetsFor(frameSrc);
    expect([scriptUrl, styleUrl]).toEqual([`${folder}frame.js`, `${folder}frame.css`]);
  });

  it('are beside our own script unless the page says', () => {
    const { scriptUrl, styleUrl } = assetsFor('');
    expect([scriptUrl, styleUrl]).toEqual([
      expect.stringMatching(/\/src\/element\/chat\/frame\/frame\.js$/),
      expect.stringMatching(/\/frame\.css$/),
    ]);
  });
});
