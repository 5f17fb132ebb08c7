/**
 * Binds ids of uploaded files to the visitor who uploaded them. Coze stores files by account: a visitor could otherwise let the bot read
 * another visitor's file by its id. The browser gets the id with an authentication code, so that the gateway stores nothing.
 */
import { base64url } from 'jose';
import { parseJson } from '../../../core/values/parse-json.js';
import { ApiProblem } from '../api-problem.js';
import type { GatewayKey, GatewayKeys } from '../derived-keys.js';
import { MAX_CALL_VALUES, parseBoundedJson } from './bounded-json.js';
import { quoteNumbers, unquoteNumbers } from './exact-numbers.js';

/** 128 bits. */
const CODE_BYTES = 16;
const SEALED_ID = /^(\d{1,20})\.([\w-]{22})$/;
/** Deeper than any value that the chat sends. */
const MAX_DEPTH = 12;
/** More than the chat sends. */
const MAX_FILES = 100;

/** The position of a value in a call. */
interface Place {
  readonly subject: string;
  readonly depth: number;
  /** How many values and files the call may still contain, including those in JSON texts. All places of a call share it. */
  readonly remaining: { values: number; files: number };
}

export class FileIds {
  readonly #keys: () => Promise<GatewayKeys>;

  constructor(keys: () => Promise<GatewayKeys>) {
    this.#keys = keys;
  }

  async seal(id: string, subject: string): Promise<string> {
    const [key] = await this.#keys();
    return `${id}.${await authenticate(key, id, subject)}`;
  }

  /** Returns Coze's id; throws if this visitor did not upload the file. */
  async unseal(sealed: unknown, subject: string): Promise<string> {
    const [, id = '', code] = (typeof sealed === 'string' && SEALED_ID.exec(sealed)) || [];
    for (const key of id === '' ? [] : await this.#keys()) {
      if (isSame(await authenticate(key, id, subject), code ?? '')) return id;
    }
    throw new ApiProblem('file_foreign');
  }

  /** Returns the value with Coze's own id in each `file_id`, including those in JSON texts, as in parameters of workflows. */
  unsealAll(value: unknown, subject: string): Promise<unknown> {
    return this.#unsealValue(value, { subject, depth: 0, remaining: { values: MAX_CALL_VALUES, files: MAX_FILES } });
  }

  async #unsealValue(value: unknown, place: Place): Promise<unknown> {
    const { subject, depth, remaining } = place;
    remaining.values -= 1;
    if (depth > MAX_DEPTH || remaining.values < 0) throw new ApiProblem('bad_request', { detail: 'parameters' });
    if (typeof value === 'string') return this.#unsealText(value, place);
    const inside = { ...place, depth: depth + 1 };
    if (Array.isArray(value)) return Promise.all(value.map((item) => this.#unsealValue(item, inside)));
    if (typeof value !== 'object' || value === null) return value;
    const unsealed = Object.create(null) as Record<string, unknown>;
    for (const [name, member] of Object.entries(value)) {
      if (isFileId(name)) remaining.files -= 1;
      if (remaining.files < 0) throw new ApiProblem('bad_request', { detail: 'parameters' });
      unsealed[name] = isFileId(name) ? await this.unseal(member, subject) : await this.#unsealValue(member, inside);
    }
    return unsealed;
  }

  /** Leaves a text without file ids as it is: blanks of JSON that is written again may differ. */
  async #unsealText(text: string, place: Place): Promise<string> {
    if (!LIKE_JSON.test(text) || !MAY_NAME_FILE.test(text)) return text;
    const json = parseBoundedJson(text, place.remaining.values);
    // It may be JSON to a more tolerant parser, such as one that accepts control characters in strings.
    if (!json.ok) throw new ApiProblem('file_foreign');
    // Parses twice, because quoting makes some invalid texts valid, such as `[01]`.
    const quoted = parseJson(quoteNumbers(text));
    if (!quoted.ok) throw new ApiProblem('file_foreign');
    return unquoteNumbers(JSON.stringify(await this.#unsealValue(quoted.value, { ...place, depth: place.depth + 1 })));
  }
}

const LIKE_JSON = /^\s*[[{"]/;

/** Matches the member name `file_id`, or an escaped letter with which the name could be written, also in JSON within JSON. */
const MAY_NAME_FILE = /file_id|\\u00[4-7][\da-f]/i;

/** JSON parsers such as Go's ignore the case of names. */
function isFileId(name: string): boolean {
  return name.toLowerCase() === 'file_id';
}

async function authenticate({ fileIds }: GatewayKey, id: string, subject: string): Promise<string> {
  const code = await crypto.subtle.sign('HMAC', fileIds, new TextEncoder().encode(JSON.stringify([subject, id])));
  return base64url.encode(new Uint8Array(code).subarray(0, CODE_BYTES));
}

/** In constant time, so that the time does not reveal where they differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ (other.charCodeAt(index) || 0);
  return difference === 0;
}
