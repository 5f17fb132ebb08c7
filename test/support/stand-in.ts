/** The Coze stand-in for tests to which its key does not matter. */
import { type CozeStandIn, type CozeStandInOptions, startCozeStandIn } from '../../demo/coze-stand-in/index.js';

/** One service app for all files of a process: creating its key takes longer than most tests. */
let credentials: CozeStandInOptions['credentials'];

export async function startSharedApp(options: CozeStandInOptions = {}): Promise<CozeStandIn> {
  const coze = await startCozeStandIn({ credentials, ...options });
  credentials ??= { appId: coze.oauthConfig.client_id, privateKeyPem: coze.oauthConfig.private_key };
  return coze;
}
