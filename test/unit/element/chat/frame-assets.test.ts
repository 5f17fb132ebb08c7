import { describe, expect, it } from 'vitest';
import { frameAssets } from '../../../../src/element/chat/frame-assets.js';

const BASE_URL = 'https://shop.example/blog/post';
const assetsFor = (frameSrc: string) =>
  frameAssets({
    frameSrc,
    attributes: [],
    nonce: '',
    baseUrl: BASE_URL,
    pageUrls: ['https://shop.example/blog/post'],
  });

describe('Files of the frame', () => {
  it.each([
    ['/chat/', 'https://shop.example/chat/'],
    ['/chat', 'https://shop.example/chat/'],
    ['/chat/frame.js', 'https://shop.example/chat/'],
    ['/chat/frame.js?v=2#top', 'https://shop.example/chat/'],
    ['chat/', 'https://shop.example/blog/chat/'],
    ['https://cdn.example/coze-chat-embed@1.0.0/frame/', 'https://cdn.example/coze-chat-embed@1.0.0/frame/'],
    ['//cdn.example', 'https://cdn.example/'],
  ])('The files of the frame, with frame-src="%s", are in %s', (frameSrc, folder) => {
    expect(assetsFor(frameSrc)).toMatchObject({ ok: true, value: { folder } });
  });

  it('The files of the frame are beside the script of the package by default', () => {
    expect(assetsFor('')).toMatchObject({ ok: true, value: { folder: expect.stringMatching(/\/src\/element\/chat\/frame\/$/) } });
  });

  const below = (mount: string, attributes: Iterable<{ localName: string; value: string }> = [], frameSrc = '') =>
    frameAssets({ frameSrc, mount, attributes, nonce: '', baseUrl: BASE_URL, pageUrls: [BASE_URL] });

  it.each([
    ['/coze/', 'https://shop.example/coze/frame/'],
    ['/coze', 'https://shop.example/coze/frame/'],
    ['https://chat.example/coze/', 'https://chat.example/coze/frame/'],
  ])('The files of the frame, with the property mount="%s", are in %s', (mount, folder) => {
    expect(below(mount)).toMatchObject({ ok: true, value: { folder } });
  });

  it('frame-src takes precedence over mount', () => {
    expect(below('/coze/', [], '/chat/')).toMatchObject({ ok: true, value: { folder: 'https://shop.example/chat/' } });
  });

  it('The attribute mount alone cannot name another origin', () => {
    const mount = 'https://evil.example/coze/';
    expect(below(mount, [{ localName: 'mount', value: mount }])).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^<coze-chat>: mount, as an attribute, cannot name another origin/) },
    });
    expect(below('/coze/', [{ localName: 'mount', value: '/coze/' }]).ok).toBe(true);
  });
});
