/** The list of the files that browsers load, `served-files.json`, which the build writes beside them. Only what it names is ever served. */
import { z } from 'zod';
import { parseJson } from '../../core/values/parse-json.js';
import { safeParseOwn } from '../config/schema.js';

/** The name of the list, in the same folder as the files. */
export const MANIFEST_NAME = 'served-files.json';

const variantSchema = z.object({
  /** Where it lies in the folder. */
  path: z.string(),
  bytes: z.number(),
  /** SHA-256, in base64url. */
  sha256: z.string(),
});
const fileSchema = z.object({
  type: z.string(),
  /** Whether another content would have another name. */
  immutable: z.boolean(),
  identity: variantSchema,
  br: variantSchema.optional(),
  gzip: variantSchema.optional(),
});
const manifestSchema = z.record(z.string(), fileSchema);

/** A file as it lies in the folder, in one encoding. */
export type FileVariant = z.infer<typeof variantSchema>;

/** A file by what browsers may be given of it. */
export type ServedFile = z.infer<typeof fileSchema>;

/** By name, such as `frame/frame-….js`. */
export type FileManifest = ReadonlyMap<string, ServedFile>;

/** @returns `undefined` if it is not what the build writes */
export function parseManifest(text: string): FileManifest | undefined {
  const json = parseJson(text);
  const parsed = safeParseOwn(manifestSchema, json.ok ? json.value : undefined);
  return parsed.success ? new Map(Object.entries(parsed.data)) : undefined;
}
