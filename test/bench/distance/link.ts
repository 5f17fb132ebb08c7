/**
 * Makes a server distant: a port on loopback whose connections go through a visitor's line. The delay is here and not in the browser,
 * because DevTools' network emulation delays responses only and lets preflights through at once: with 200 ms of latency a preflight took 2
 * ms (Chromium 156), and its request 200 ms instead of 400.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Line } from './line.js';

const HOSTNAME = '127.0.0.1';

/** Both directions of one visitor's line, shared by all servers. */
export interface VisitorLine {
  readonly up: Line;
  readonly down: Line;
}

export class Link {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #target: { port: number };

  private constructor(server: Server, sockets: Set<Socket>, target: { port: number }) {
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
    this.#target = target;
  }

  /** The target is set later: servers need to know their public origin before they start. */
  static async open(line: VisitorLine): Promise<Link> {
    const sockets = new Set<Socket>();
    const target = { port: 0 };
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      const far = connect({ host: HOSTNAME, port: target.port, allowHalfOpen: true, noDelay: true });
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      }
      carry(near, far, line.up);
      carry(far, near, line.down);
    });
    await new Promise<void>((resolve) => server.listen(0, HOSTNAME, resolve));
    return new Link(server, sockets, target);
  }

  leadTo(port: number): void {
    this.#target.port = port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function carry(from: Socket, to: Socket, line: Line): void {
  const lane = line.connect();
  from.on('data', (content) => lane.send(content, (packet) => void (to.destroyed || to.write(packet))));
  from.on('end', () => lane.end(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => lane.end(() => to.end()));
}
