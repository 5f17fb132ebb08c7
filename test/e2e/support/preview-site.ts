/** The preview site as `npm start` builds and serves it, for tests and pictures of its pages. */
import { fileURLToPath } from 'node:url';
import { buildPage, PAGE_DIR } from '../../../demo/build-page.js';
import { type RunningHost, startHost } from '../../../demo/host/start-host.js';
import type { World } from './world.js';

const EMBED_DIR = fileURLToPath(new URL('../../../dist', import.meta.url));

/** Its chats use the world's Coze stand-in. The caller stops it. */
export async function startPreviewSite({ coze }: World): Promise<RunningHost> {
  await buildPage();
  return startHost({
    oauthConfig: coze.oauthConfig,
    botId: coze.botId,
    chineseBotId: coze.chineseBotId,
    embedDir: EMBED_DIR,
    pageDir: PAGE_DIR,
    port: 0,
    rateLimit: false,
    capTokenLifeSeconds: (maxTokenLifeSeconds) => coze.setFaults({ maxTokenLifeSeconds }),
  });
}
