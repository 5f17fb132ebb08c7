import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiErrors } from '../http/api-error.js';
import { answer, toSeconds } from '../http/envelope.js';
import { readQuery } from '../http/request-body.js';
import type { StandInEnv, StandInState } from '../state.js';
import { fileToWire } from '../store/files.js';

/** Coze allows 512 MB; the stand-in keeps uploads in memory and therefore has a lower limit. */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

const retrieveSchema = z.object({ file_id: z.string() });

export function fileRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .post('/v1/files/upload', async (c) => {
      const file = await readFormFile(c, MAX_UPLOAD_BYTES);
      const { appId } = c.get('token').identity;
      return answer(c, fileToWire(await state.files.add(appId, file, toSeconds(state.clock()))));
    })
    .on(['GET', 'POST'], '/v1/files/retrieve', (c) => {
      const { file_id: id } = readQuery(c, retrieveSchema);
      return answer(c, fileToWire(state.files.get(c.get('token').identity.appId, id)));
    });
}

/** The single file of a multipart form, in the field `file`. */
export async function readFormFile(c: Context<StandInEnv>, maxBytes: number): Promise<File> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw apiErrors.fileTooLarge();
  const files = await formFiles(c);
  const file = files[0];
  if (file === undefined || files.length > 1) throw apiErrors.oneFileOnly();
  if (file.size === 0) throw apiErrors.emptyFile();
  if (file.size > maxBytes) throw apiErrors.fileTooLarge();
  return file;
}

async function formFiles(c: Context<StandInEnv>): Promise<readonly File[]> {
  try {
    const form = await c.req.formData();
    return form.getAll('file').filter((entry) => entry instanceof File);
  } catch {
    throw apiErrors.badParameter('a multipart form is needed');
  }
}
