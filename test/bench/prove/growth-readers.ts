/** All parsers of untrusted text, each with fragments that may be expensive for it. */
import { parseExchangeResponse } from '../../../src/server/coze/exchange-response.js';
import { parsePrivateKey } from '../../../src/server/crypto/private-key.js';
import { parseOrigin } from '../../../src/server/http/origin.js';
import { parseIdentifier } from '../../../src/server/identity/identifier.js';
import { anonymousVisitor, fromCozeOAuthConfig, verifyIdentityToken } from '../../../src/server/index.js';
import { toNetworkKey } from '../../../src/server/rate-limit/client-address.js';
import { arrange, type RequestChanges, tokenRequest } from '../../unit/server/arrange.js';

export interface Reader {
  readonly name: string;
  /** Bytes, ascending; the last size is 64 times the first unless there is a limit. */
  readonly sizes: readonly number[];
  /** A text is a start, many repetitions of a fragment of the alphabet, and an end. */
  readonly starts: readonly string[];
  readonly alphabet: readonly string[];
  readonly ends: readonly string[];
  /** Does everything that is not measured, and returns the function to be measured. */
  readonly prepare: (text: string) => () => unknown;
}

const sizes = [1024, 8192, 65_536];
const COOKIE_SECRET = 'a secret of the host, 32 bytes or more';
const jsonPieces = ['a', '"', '\\', '{', '}', '[', ']', ':', ',', '0', '9', '-', 'e', '.', ' ', '\n', 'é', '\\u0061', '"a":', 'null'];
const headerPieces = ['a', 'A', '0', '9', ' ', ';', '=', ',', ':', '.', '-', '/', '"', '\\', '%', '@', '[', ']', '*', '_', '\t'];
const jwtPieces = ['a', 'Z', '0', '-', '_', '.', '=', 'eyJhbGciOiJIUzI1NiJ9', '!', ' '];
const pemPieces = ['A', 'MII', '/', '+', '=', '\n', '\\n', '\\r', ' ', '-', '-----', '-----END ', '-----END A', 'BEGIN', '"', '\uFEFF'];
const jwtStarts = ['', 'eyJhbGciOiJIUzI1NiJ9.', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.', 'e30.'];

const { endpoint } = arrange({
  identify: anonymousVisitor({ cookieSecret: COOKIE_SECRET }),
  rateLimit: false,
  coze: () => new Response('{}'),
});

function asked(changes: RequestChanges) {
  const request = tokenRequest(changes);
  return () => endpoint(request);
}

function header(name: string, starts: readonly string[]): Reader {
  return {
    name: `header ${name}`,
    sizes,
    starts: ['', ...starts],
    alphabet: headerPieces,
    ends: ['', ';', '"', '.'],
    prepare: (text) => asked({ headers: { [name]: text } }),
  };
}

const body = { starts: ['', '{"user_id":"', '{"a":', '['], alphabet: jsonPieces, ends: ['', '"}', '}', ']'] };

function refused(read: () => unknown) {
  return (): void => {
    try {
      read();
    } catch {
      // Parse errors do not matter here.
    }
  };
}

const identityToken = verifyIdentityToken({ secret: COOKIE_SECRET, audience: 'chat' });

export const readers: readonly Reader[] = [
  { name: 'body', sizes: [64, 512, 4096], ...body, prepare: (text) => asked({ body: text }) },
  {
    name: 'body in pieces of a byte',
    sizes: [64, 512, 4096],
    ...body,
    prepare: (text) => {
      const bytes = new TextEncoder().encode(text);
      let sent = 0;
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
        sent < bytes.length ? controller.enqueue(bytes.subarray(sent, ++sent)) : controller.close();
      return asked({ body: new ReadableStream<Uint8Array>({ pull }) });
    },
  },
  { name: 'body beyond the cap', sizes: [8192, 65_536, 524_288], ...body, prepare: (text) => asked({ body: text }) },
  header('cookie', ['__Host-coze-visitor=', ...jwtStarts.map((start) => `a=b; __Host-coze-visitor=${start}`)]),
  header('content-type', ['application/json', 'application/json;']),
  header('content-encoding', ['identity']),
  header('content-length', ['1']),
  header('origin', ['https://site.example']),
  header('sec-fetch-site', ['same-origin']),
  {
    name: 'address of the client',
    sizes,
    starts: ['', '::ffff:', '2001:db8::', '1.2.3'],
    alphabet: headerPieces,
    ends: ['', ':', '%'],
    prepare: (text) => () => toNetworkKey(text),
  },
  {
    name: 'identity token',
    sizes,
    starts: jwtStarts,
    alphabet: jwtPieces,
    ends: ['', '.', '.a', '..'],
    prepare: (text) => {
      const request = tokenRequest();
      return () => identityToken(request, { identityToken: text, reason: 'initial' }, undefined);
    },
  },
  {
    name: 'identifier',
    sizes,
    starts: ['', '[object '],
    alphabet: ['a', ' ', ']', '\0', 'é', '界', '\ud800', '\u202e', '[object '],
    ends: ['', ']', ' '],
    prepare: (text) => () => parseIdentifier(text),
  },
  {
    name: 'private key',
    sizes,
    starts: ['', '-----BEGIN PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----\n', '-----BEGIN A', '"', '\uFEFF'],
    alphabet: pemPieces,
    ends: ['', '-----END PRIVATE KEY-----', '-----END RSA PRIVATE KEY-----', '"', '-----'],
    prepare: (text) => () => parsePrivateKey(text),
  },
  {
    name: 'configuration file',
    sizes,
    starts: ['', '{"client_type":"jwt","client_id":"', '{"private_key":"'],
    alphabet: jsonPieces,
    ends: ['', '"}', '}'],
    prepare: (text) => refused(() => fromCozeOAuthConfig(text)),
  },
  {
    name: 'origin in the configuration',
    sizes,
    starts: ['', 'https://', 'https://shop.example/', 'https://a@'],
    alphabet: headerPieces,
    ends: ['', '/', ':443'],
    prepare: (text) => () => parseOrigin(text),
  },
  {
    name: 'answer of Coze',
    sizes,
    starts: ['', '{"access_token":"', '{"error_code":"'],
    alphabet: jsonPieces,
    ends: ['', '"}', '","expires_in":3600}'],
    prepare: (text) => {
      const answer = { status: 200, headers: new Headers({ date: text.slice(0, 10).replace(/[^ -~]/g, '') }), text };
      return () => parseExchangeResponse(answer, { nowSeconds: 0, durationSeconds: 3600 });
    },
  },
];
