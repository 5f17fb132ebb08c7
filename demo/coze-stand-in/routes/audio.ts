import { Hono } from 'hono';
import { z } from 'zod';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { readJson } from '../http/request-body.js';
import { createWav } from '../media/wav.js';
import type { StandInEnv, StandInState } from '../state.js';
import { readFormFile } from './files.js';

const MAX_RECORDING_BYTES = 10 * 1024 * 1024;
const MAX_SPEECH_BYTES = 1024;

/** The stand-in can only make WAV. Coze defaults to mp3, so a caller must ask for `wav`, as the Chat SDK does. */
const speechSchema = z.object({
  input: z.string().min(1),
  voice_id: z.string().min(1),
  response_format: z.literal('wav', 'the stand-in makes wav only'),
  sample_rate: z.literal([8000, 16000, 24000, 32000, 44100, 48000]).default(24000),
});

export function audioRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .post('/v1/audio/transcriptions', async (c) => {
      await readFormFile(c, MAX_RECORDING_BYTES);
      return answer(c, { text: state.faults.current.transcript });
    })
    .post('/v1/audio/speech', async (c) => {
      const body = await readJson(c, speechSchema);
      if (Buffer.byteLength(body.input) > MAX_SPEECH_BYTES) throw apiErrors.badParameter('input is too long');
      return c.body(createWav(body.input, body.sample_rate), 200, { 'content-type': 'audio/wav' });
    });
}
