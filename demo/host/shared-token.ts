/**
 * The mistake that this package prevents: a correct JWT exchange with Coze's official client, only without `session_name`. Every visitor
 * gets a token of the same identity, and thereby the same history.
 */
import { getJWTToken } from '@coze/api';
import type { CozeOAuthApp } from '../../src/server/index.js';

/** Responds with Coze's own body, in which `expires_in` is in absolute epoch seconds, like a host that only forwards it. */
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
