import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { envelope, logIn, type Session } from './support.js';

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'speaker');
});
afterAll(() => standIn.stop());

describe('Speech of the stand-in', () => {
  const speak = (body: Readonly<Record<string, unknown>>): Promise<Response> =>
    session.post('/v1/audio/speech', { input: 'hello', voice_id: 'v1', response_format: 'wav', ...body });

  it('Speech is a valid WAV file with the requested sample rate, and is not silent', async () => {
    const response = await speak({ sampling_rate: 8000, sample_rate: 16000 });
    expect(response.headers.get('content-type')).toBe('audio/wav');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 16)]).toEqual(['RIFF', 'WAVEfmt ']);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([1, 1, 16000, 16]);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect(bytes.subarray(44).some((byte) => byte !== 0)).toBe(true);
  });

  it('Speech of a longer text lasts longer', async () => {
    const size = async (input: string): Promise<number> => (await (await speak({ input })).arrayBuffer()).byteLength;
    expect(await size('a'.repeat(100))).toBeGreaterThan(await size('a'));
  });

  it.each([
    ['another format', { response_format: 'mp3' }],
    ['an odd sample rate', { sample_rate: 12345 }],
    ['no text', { input: '' }],
    ['more than 1024 bytes of text', { input: '长'.repeat(342) }],
  ])('A request for speech with %s is refused with code 4000', async (_what, body) => {
    expect((await envelope(speak(body))).code).toBe(4000);
  });
});

describe('Transcription of the stand-in', () => {
  const transcribe = (file: File): Promise<Response> => {
    const form = new FormData();
    form.append('file', file);
    return fetch(`${standIn.origin}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session.token}` },
      body: form,
    });
  };

  it('A transcription returns the configured transcript', async () => {
    standIn.setFaults({ transcript: '你好呀' });
    expect(await envelope(transcribe(new File(['sound'], 'voice.wav')))).toMatchObject({ code: 0, data: { text: '你好呀' } });
    standIn.resetFaults();
  });

  it('An empty recording is refused with code 4300', async () => {
    expect((await envelope(transcribe(new File([], 'voice.wav')))).code).toBe(4300);
  });

  it('A recording of more than ten megabytes is refused with code 4302', async () => {
    expect((await envelope(transcribe(new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'voice.wav')))).code).toBe(4302);
  });
});
