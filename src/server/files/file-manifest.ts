/** The list of the files that browsers load, `served-files.json`, which the build writes next to them. Only listed files are served. */
import { z } from 'zod';
import { parseJson } from '../../core/values/parse-json.js';
import { safeParseOwn } from '../config/schema.js';

/** The name of the list, in the same folder as the files. */
export const MANIFEST_NAME = 'served-files.json';

const variantSchema = z.object({
  /** Path in the folder. */
  path: z.string(),
  bytes: z.number(),
  /** SHA-256, in base64url. */
  sha256: z.string(),
});
const fileSchema = z.object({
  type: z.string(),
  /** Whether the name changes with the content. */
  immutable: z.boolean(),
  identity: variantSchema,
  br: variantSchema.optional(),
  gzip: variantSchema.optional(),
});
const manifestSchema = z.record(z.string(), fileSchema);

/** A file in one encoding, as it is on the disk. */
export type FileVariant = z.infer<typeof variantSchema>;

/** A file with all its encodings. */
export type ServedFile = z.infer<typeof fileSchema>;

/** By name, such as `frame/frame-….js`. */
export type FileManifest = ReadonlyMap<string, ServedFile>;

/** @returns `undefined` if the text is not what the build writes */
export function parseManifest(text: string): FileManifest | undefined {
  const json = parseJson(text);
  const parsed = safeParseOwn(manifestSchema, json.ok ? json.value : undefined);
  return parsed.success ? new Map(Object.entries(parsed.data)) : undefined;
}
