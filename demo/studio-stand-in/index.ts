/**
 * A local stand-in for a self-hosted Coze Studio (coze-studio, the open-source edition). It allows everything that the real one allows:
 * whoever holds the personal access token reads, continues and deletes everybody's conversations.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createStudioApp } from './app.js';
import { StudioStore } from './store.js';

export interface StudioStandIn {
  readonly origin: string;
  readonly botId: string;
  /** Personal access token of the user who owns the bot. */
  readonly accessToken: string;
  readonly prompt: string;
  /** The requests so far. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly query: string }[];
  /** Makes answers wait before their last word. */
  holdAnswers(isHeld: boolean): void;
  stop(): Promise<void>;
}

export async function startStudioStandIn(): Promise<StudioStandIn> {
  const requests: { method: string; path: string; query: string }[] = [];
  const [botId, accessToken, prompt] = ['7611000000000000001', 'pat_of_the_studio_owner_0123456789', 'CANARY: the author’s own prompt'];
  let isHeld = false;
  const beforeLastWord = async (): Promise<void> => {
    while (isHeld) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const record = (method: string, path: string, query: string): void => void requests.push({ method, path, query });
  const app = createStudioApp({ store: new StudioStore(), accessToken, botId, prompt, record, beforeLastWord });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ botId, accessToken, prompt, requests },
    holdAnswers: (held) => void (isHeld = held),
    stop: () => {
      isHeld = false;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
