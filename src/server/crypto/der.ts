/**
 * The part of DER (ITU-T X.690) that is needed to recognise an RSA private key before WebCrypto imports it: WebCrypto is asynchronous, does
 * not import PKCS#1, and does not say what is wrong with a key.
 */

export const DerTag = { Integer: 0x02, OctetString: 0x04, Null: 0x05, ObjectIdentifier: 0x06, Sequence: 0x30 } as const;

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Parses consecutive elements; `undefined` if they do not fill `bytes` exactly. */
export function parseDerElements(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const header = parseHeader(bytes, offset);
    if (header === undefined || header.end > bytes.length) return undefined;
    elements.push({ tag: header.tag, content: bytes.subarray(header.start, header.end) });
    offset = header.end;
  }
  return elements;
}

function parseHeader(bytes: Uint8Array, offset: number): { tag: number; start: number; end: number } | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, start: offset + 2, end: offset + 2 + first };
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0 || lengthBytes > 3) return undefined;
  const start = offset + 2 + lengthBytes;
  const length = bytes.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { tag, start, end: start + length };
}

/** Encodes one element with the given content. */
export function encodeDerElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, { length }) => sum + length, 0);
  const lengthField = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...lengthField, ...contents.flatMap((content) => [...content])]);
}
