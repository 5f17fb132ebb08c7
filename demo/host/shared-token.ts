/**
 * The mistake this package exists for: a correct JWT exchange with Coze's official client, only without `session_name`.
 * Every visitor gets a token of the same identity, and with it the same history.
 */
import { getJWTToken } from '@coze/api';
import type { CozeOAuthApp } from '../../src/server/index.js';

/** Answers Coze's own body, `expires_in` being absolute epoch seconds, as a host would that just passes it on. */
export async function requestSharedToken(oauth: CozeOAuthApp, durationSeconds: number): Promise<Response> {
  const { appId, keyId, privateKey, apiBaseUrl, audience = new URL(apiBaseUrl).host } = oauth;
  try {
    const token = await getJWTToken({ baseURL: apiBaseUrl, appId, aud: audience, keyid: keyId, privateKey, durationSeconds });
    return Response.json(token, { headers: noStore });
  } catch {
    return Response.json({ error: 'upstream_unavailable' }, { status: 502, headers: noStore });
  }
}

const noStore = { 'cache-control': 'no-store' };
