/** The preview site as `npm start` builds and serves it, for what looks at its pages. */
import { fileURLToPath } from 'node:url';
import { buildPage, PAGE_DIR } from '../../../demo/build-page.js';
import { type RunningHost, startHost } from '../../../demo/host/start-host.js';
import type { World } from './world.js';

const EMBED_DIR = fileURLToPath(new URL('../../../dist', import.meta.url));

/** Its chats talk to the world's Coze. Whoever has started it stops it. */
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
