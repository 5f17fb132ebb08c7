import { expect, it } from 'vitest';
import { frameDocument } from '../../../../src/frame/host/frame-document.js';

const htmlWith = (apiBaseUrl: string): string =>
  frameDocument({ folder: 'https://shop.example/frame/', nonce: undefined, apiBaseUrl, language: 'en', pictures: '' });

it('The frame opens its connection to the API before it loads its own files', () => {
  const html = htmlWith('https://api.coze.com');
  const connection = html.indexOf('<link rel="preconnect" crossorigin href="https://api.coze.com">');
  expect(connection).toBeGreaterThan(0);
  expect(html.indexOf('frame.js')).toBeGreaterThan(connection);
});

it('The address of an API cannot add markup to the frame', () => {
  expect(htmlWith('"><img src=x onerror="alert(1)">')).not.toContain('<img');
});
