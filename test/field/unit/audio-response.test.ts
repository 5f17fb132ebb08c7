import { expect, test } from 'vitest';
import { audioOrError } from '../../../src/frame/app/service/audio-response.js';

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

test.each(['{"code":4101}', '\n{"code":4101}\n', '\uFEFF \r\n{\n  "code": 4101\n}'])(
  'A JSON error in place of speech (%j) is thrown as an error',
  (text) => {
    expect(() => audioOrError(bytes(text))).toThrow(expect.objectContaining({ code: 4101 }));
  },
);

test.each(['ID3\u0004', 'RIFF{', 'OggS'])('Speech (%j) is returned unchanged', (text) => {
  const speech = bytes(text);
  expect(audioOrError(speech)).toBe(speech);
});
