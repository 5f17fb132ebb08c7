/**
 * Parses the private key in the forms in which operators store it (a file's text, an environment variable with line breaks written as `\\n`, quotes
 * around it). Every message says what to do next; none contains any part of the key.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { isWronglyDecoded } from '../../core/values/wrongly-decoded.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { type DerElement, DerTag, encodeDerElement, parseDerElements } from './der.js';

const MIN_MODULUS_BITS = 2048;
/** 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 appendix A.1). */
const RSA_ENCRYPTION_OID = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

/** A PKCS#8 DER key that looks like RSA of sufficient size. Only WebCrypto's import proves that it is valid. */
export interface PrivateKeyDer {
  readonly pkcs8: Uint8Array<ArrayBuffer>;
}

/** Parses a PEM private key (PKCS#8 or PKCS#1) without waiting for WebCrypto. */
export function parsePrivateKey(text: string): Result<PrivateKeyDer, string> {
  if (isWronglyDecoded(text)) return fail(NOT_UTF8);
  const pem = normalizePem(text);
  const [, label = '', body = '-----'] = /^-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*)-----END \1-----$/.exec(pem) ?? [];
  if (text.includes('\\\\n')) return fail(ESCAPED_TWICE);
  if (body.includes('-----')) return fail(describeBrokenPem(pem));
  const der = decodeBase64(body.replace(/\s/g, ''));
  if (label === 'PRIVATE KEY') return der === undefined ? fail(DAMAGED_KEY) : parsePkcs8(der);
  if (label === 'RSA PRIVATE KEY') return der === undefined ? fail(describePkcs1(body)) : parsePkcs1(der);
  return fail(describeUnexpectedLabel(label));
}

/**
 * Imports the key for RS256; not extractable. Rejects with a {@link ServerConfigurationError} without a cause: WebCrypto's error may quote
 * its input.
 */
export async function importSigningKey({ pkcs8 }: PrivateKeyDer): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  } catch {
    throw new ServerConfigurationError(`oauth: WebCrypto does not take a private key: ${DAMAGED_KEY}`);
  }
}

/** "-----BEGIN" in base64. */
const BEGIN_IN_BASE64 = 'LS0tLS1CRUdJTi';

function isBase64Pem(text: string): boolean {
  return text.startsWith(BEGIN_IN_BASE64);
}

/** Whether the text is the Base64 of DER alone: a sequence of some hundred bytes. */
function isBareKey(text: string): boolean {
  const der = /^[A-Za-z0-9+/=\s]+$/.test(text) ? decodeBase64(text.replace(/\s/g, '')) : undefined;
  return der !== undefined && parseSequence(der) !== undefined;
}

const NOT_UTF8 =
  'the text is not UTF-8: it comes from a file in UTF-16, as PowerShell and editors on Windows write it, or from a binary one. Save the file as UTF-8, or read it in its own encoding.';

const ESCAPED_TWICE =
  'its line breaks are escaped twice: the text has "\\\\n" where a line ends, two backslashes. Give it with "\\n", or with the line breaks themselves.';

const DAMAGED_KEY = 'the key is damaged. Copy the whole file again, from the line "-----BEGIN" to the line "-----END".';

/** Undoes the changes that environment variables, editors and JSON make to a PEM text. */
function normalizePem(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^(["'`])([\s\S]*)\1$/, '$2')
    .replace(/\\r/g, '')
    .replace(/\\n/g, '\n')
    .replace(/\r\n?/g, '\n')
    .trim();
}

function describeBrokenPem(pem: string): string {
  if (pem === '') return 'the key is empty. Is the environment variable set where the server runs?';
  if (isBase64Pem(pem))
    return 'this is the text of the key in base64. Decode it: Buffer.from(value, "base64").toString() in Node, atob(value) elsewhere.';
  if (isBareKey(pem))
    return 'this is the key without its first and last line. Put "-----BEGIN PRIVATE KEY-----" before it and "-----END PRIVATE KEY-----" after it.';
  if (!pem.startsWith('-----BEGIN '))
    return 'this is not a PEM key: it must begin with "-----BEGIN PRIVATE KEY-----". Give the text of the key, not the path of its file.';
  if (!pem.includes('-----END '))
    return 'the key is cut off: the line "-----END PRIVATE KEY-----" is missing. A variable that holds only the first line of a file is the usual cause.';
  return 'the key is not a single PEM block. Give exactly one private key, without a certificate beside it.';
}

/** A PKCS#1 key with a passphrase has a header line about it (RFC 1421), which is not Base64. */
function describePkcs1(body: string): string {
  return body.includes('ENCRYPTED') ? describeUnexpectedLabel('ENCRYPTED PRIVATE KEY') : DAMAGED_KEY;
}

function describeUnexpectedLabel(label: string): string {
  switch (label) {
    case 'ENCRYPTED PRIVATE KEY':
      return 'the key is protected by a passphrase. Remove it with: openssl pkey -in encrypted.pem -out private.pem';
    case 'PUBLIC KEY':
    case 'RSA PUBLIC KEY':
      return 'this is the public key. Coze keeps that one; the server needs the private key of the pair.';
    case 'EC PRIVATE KEY':
      return NOT_RSA;
    case 'CERTIFICATE':
      return 'this is a certificate. The server needs the private key that Coze let you download when you created the key pair.';
    default:
      return 'this PEM block is not a private key in PKCS#8 ("BEGIN PRIVATE KEY") or PKCS#1 ("BEGIN RSA PRIVATE KEY").';
  }
}

const NOT_RSA = "this is not an RSA key. Coze takes RS256 only: create the key pair in the OAuth app of Coze's console.";

function parsePkcs8(der: Uint8Array<ArrayBuffer>): Result<PrivateKeyDer, string> {
  const [version, algorithm, key] = parseSequence(der) ?? [];
  if (version?.tag !== DerTag.Integer || algorithm?.tag !== DerTag.Sequence || key?.tag !== DerTag.OctetString) return fail(DAMAGED_KEY);
  const [oid] = parseDerElements(algorithm.content) ?? [];
  if (oid?.tag !== DerTag.ObjectIdentifier) return fail(DAMAGED_KEY);
  if (!isSameBytes(oid.content, RSA_ENCRYPTION_OID)) return fail(NOT_RSA);
  const size = validateModulus(key.content);
  return size.ok ? succeed({ pkcs8: der }) : size;
}

/** PKCS#1 is the inner part of PKCS#8 (RFC 5208 section 5), so this adds the envelope. */
function parsePkcs1(der: Uint8Array<ArrayBuffer>): Result<PrivateKeyDer, string> {
  const size = validateModulus(der);
  if (!size.ok) return size;
  const version = encodeDerElement(DerTag.Integer, Uint8Array.of(0));
  const algorithm = encodeDerElement(
    DerTag.Sequence,
    encodeDerElement(DerTag.ObjectIdentifier, RSA_ENCRYPTION_OID),
    encodeDerElement(DerTag.Null),
  );
  return succeed({ pkcs8: encodeDerElement(DerTag.Sequence, version, algorithm, encodeDerElement(DerTag.OctetString, der)) });
}

/** RSAPrivateKey (RFC 8017 appendix A.1.2) is version, modulus and seven more numbers. */
function validateModulus(pkcs1: Uint8Array): Result<void, string> {
  const numbers = parseSequence(pkcs1);
  const modulus = numbers?.[1];
  if (numbers === undefined || numbers.length < 9 || modulus === undefined || numbers.some(({ tag }) => tag !== DerTag.Integer))
    return fail(DAMAGED_KEY);
  const bits = bitLength(modulus.content);
  return bits >= MIN_MODULUS_BITS
    ? succeed(undefined)
    : fail(
        `the RSA key has ${bits} bits; at least ${MIN_MODULUS_BITS} are needed. Create a new key pair in the OAuth app of Coze's console.`,
      );
}

function parseSequence(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements = parseDerElements(bytes);
  const [sequence] = elements ?? [];
  if (elements?.length !== 1 || sequence?.tag !== DerTag.Sequence) return undefined;
  return parseDerElements(sequence.content);
}

function bitLength(integer: Uint8Array): number {
  const firstIndex = integer.findIndex((byte) => byte !== 0);
  const first = integer[firstIndex];
  return first === undefined ? 0 : (integer.length - firstIndex) * 8 - Math.clz32(first) + 24;
}

function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
