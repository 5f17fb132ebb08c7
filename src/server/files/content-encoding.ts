/** Chooses the encoding of a file by the browser's `Accept-Encoding` (RFC 9110 section 12.5.3). */
import type { FileVariant, ServedFile } from './file-manifest.js';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Smallest first. */
const PREFERENCE = ['br', 'gzip'] as const;

export interface Negotiated {
  readonly encoding: Encoding;
  readonly variant: FileVariant;
}

/** Falls back to `identity` even if the header excludes it: a response is of more use than none. */
export function negotiateEncoding(file: ServedFile, header: string | null): Negotiated {
  const weights = parseWeights(header ?? '');
  const fallback = weights.get('*') ?? 0;
  for (const encoding of PREFERENCE) {
    const variant = file[encoding];
    if (variant !== undefined && (weights.get(encoding) ?? fallback) > 0) return { encoding, variant };
  }
  return { encoding: 'identity', variant: file.identity };
}

function parseWeights(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
      return [coding.replace(/^x-gzip$/, 'gzip'), weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
}
