/** Puts the demo website on a port of this machine. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createHost, type HostOptions } from './host.js';

export interface StartHostOptions extends HostOptions {
  /** 0 takes any free port. */
  readonly port: number;
}

export interface RunningHost {
  /**
   * `http://localhost:<port>`: a name rather than 127.0.0.1, so that an API on 127.0.0.1 is cross-site and the tests of cookies and CORS
   * are realistic.
   */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Rejects with the system's error, `EADDRINUSE` when the port is taken. */
export async function startHost({ port, ...options }: StartHostOptions): Promise<RunningHost> {
  const server = createAdaptorServer({ fetch: createHost(options).fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
