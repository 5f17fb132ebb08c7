/** Fetches the key set of a signer for jose, which limits neither its size nor the retries after a failure. */
import type { FetchImplementation } from 'jose';
import { readBoundedText } from '../../core/bounded-body.js';
import { untilAborted } from '../../core/deadline.js';
import { isObject, ownOptions } from '../../core/values/own-members.js';
import { parseJson } from '../../core/values/parse-json.js';

/** Anybody can cause a fetch by sending a token; this pause protects the signer and this server while it fails. */
const PAUSE_AFTER_FAILURE_MS = 10_000;
/** Sets with certificates have some 20 kB. */
const MAX_KEY_SET_BYTES = 262_144;
const MAX_KEYS = 100;

/** @param now epoch milliseconds */
export function createKeySetFetch(fetch: typeof globalThis.fetch, now: () => number): FetchImplementation {
  let failedAtMs = -Infinity;

  return async function fetchKeySet(url, init) {
    const sinceFailureMs = now() - failedAtMs;
    // A clock that was set back must not prolong the pause.
    if (sinceFailureMs >= 0 && sinceFailureMs < PAUSE_AFTER_FAILURE_MS) throw new Error('The key set could not be fetched a moment ago.');
    try {
      // All who wait for the key set would wait for ever for a `fetch` of the host that does not listen to the signal.
      const keySet = await untilAborted(requestKeySet(fetch(url, ownOptions(init)), init.signal), init.signal);
      failedAtMs = -Infinity;
      return keySet;
    } catch (error) {
      failedAtMs = now();
      throw error;
    }
  };
}

async function requestKeySet(coming: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const response = await coming;
  if (response.status !== 200) {
    void response.body?.cancel().catch(() => undefined);
    throw new Error('The address of the key set does not answer with 200.');
  }
  const text = await readBoundedText(response.body, MAX_KEY_SET_BYTES, signal);
  const json = parseJson(text.ok ? text.value : '');
  if (!json.ok || !isKeySet(json.value)) throw new Error('What the address of the key set answers is no key set.');
  return Response.json(json.value);
}

/** RFC 7517 section 5. */
function isKeySet(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, 'keys')) return false;
  const { keys } = value as { readonly keys: unknown };
  return Array.isArray(keys) && keys.length <= MAX_KEYS && keys.every(isObject);
}
