/**
 * The endpoint over HTTP in a process of its own, so that its processor time can be separated from that of the load and of the stand-in.
 * The first message is the configuration and is answered with the URL; every later one is answered with the processor time so far, in ms.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createTokenEndpoint, fromCozeOAuthConfig, type TokenEndpoint } from '../../../src/server/index.js';

/** When the private key is imported: once at the start of the server, or by an endpoint that is created for each request. */
export type KeyImport = 'once' | 'per request';

export interface BackendOrder {
  readonly oauthConfig: object;
  readonly keyImport: KeyImport;
}

const handlers: Readonly<Record<KeyImport, (createEndpoint: () => TokenEndpoint) => (request: Request) => Promise<Response>>> = {
  once: (createEndpoint) => {
    const endpoint = createEndpoint();
    return (request) => endpoint(request);
  },
  'per request': (createEndpoint) => (request) => createEndpoint()(request),
};

process.once('message', ({ oauthConfig, keyImport }: BackendOrder) => {
  let visitors = 0;
  const createEndpoint = (): TokenEndpoint =>
    createTokenEndpoint({
      oauth: fromCozeOAuthConfig(oauthConfig),
      identify: () => ({ id: `visitor-${++visitors}` }),
      rateLimit: false,
      onEvent: () => undefined,
    });

  const server = createAdaptorServer({ fetch: handlers[keyImport](createEndpoint) }) as Server;
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/coze/token`));
});
