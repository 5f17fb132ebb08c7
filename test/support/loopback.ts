/** Servers for tests, on a free port of this machine. */
import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/** Resolves with the origin of `server`. */
export async function listen(server: NetServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Closes open connections as well. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
