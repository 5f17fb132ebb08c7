/**
 * One direction of a visitor's connection: packets arrive delayed, in order, and limited to its bandwidth. All TCP connections share it
 * packet by packet, as on a real access line. Connections count as already open: the figures contain neither handshakes nor TCP's slow
 * start.
 */

export interface LineQuality {
  /** One-way delay. */
  readonly delayMs: number;
  /** `Infinity` means no limit. */
  readonly bytesPerMs: number;
}

/** The MTU of Ethernet. */
const PACKET_BYTES = 1500;

interface Packet {
  readonly bytes: number;
  readonly deliver: () => void;
}

interface Delivery {
  readonly atMs: number;
  readonly deliver: () => void;
}

export interface LineOptions {
  readonly now?: () => number;
  readonly setTimer?: (callback: () => void, ms: number) => unknown;
}

export class Line {
  quality: LineQuality = { delayMs: 0, bytesPerMs: Infinity };
  readonly #now: () => number;
  readonly #setTimer: (callback: () => void, ms: number) => unknown;
  /** The packets that each connection still has to send. */
  #queues: Packet[][] = [];
  #freeAtMs = 0;
  #isSending = false;
  readonly #underway: Delivery[] = [];
  #isDelivering = false;
  #lastUseMs = 0;

  constructor({ now = () => performance.now(), setTimer = setTimeout }: LineOptions = {}) {
    this.#now = now;
    this.#setTimer = setTimer;
  }

  /** How long the line has been idle. */
  get idleMs(): number {
    return this.#queues.length + this.#underway.length > 0 ? 0 : this.#now() - this.#lastUseMs;
  }

  /** Adds a connection to the line. */
  connect(): Lane {
    const queue: Packet[] = [];
    return {
      send: (content, deliver) => {
        for (let start = 0; start < content.length; start += PACKET_BYTES) {
          const packet = content.subarray(start, start + PACKET_BYTES);
          queue.push({ bytes: packet.length, deliver: () => deliver(packet) });
        }
        this.#enqueue(queue);
      },
      end: (deliver) => {
        queue.push({ bytes: 0, deliver });
        this.#enqueue(queue);
      },
    };
  }

  #enqueue(queue: Packet[]): void {
    if (!this.#queues.includes(queue)) this.#queues.push(queue);
    if (this.#isSending) return;
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#now());
    this.#send();
  }

  /** Sends all packets for which the line has been free by now, which compensates for late timers. Connections take turns. */
  #send(): void {
    const now = this.#now();
    while (this.#freeAtMs <= now) {
      const [queue, ...others] = this.#queues;
      const packet = queue?.shift();
      if (queue === undefined || packet === undefined) break;
      this.#queues = queue.length > 0 ? [...others, queue] : others;
      this.#freeAtMs += packet.bytes / this.quality.bytesPerMs;
      this.#underway.push({ atMs: this.#freeAtMs + this.quality.delayMs, deliver: packet.deliver });
    }
    this.#isSending = this.#queues.length > 0;
    if (this.#isSending) this.#setTimer(() => this.#send(), Math.ceil(this.#freeAtMs - now));
    if (!this.#isDelivering) this.#deliver();
  }

  #deliver(): void {
    this.#isDelivering = true;
    const now = this.#now();
    while (this.#underway[0] !== undefined && this.#underway[0].atMs <= now) {
      this.#underway.shift()?.deliver();
      this.#lastUseMs = now;
    }
    const [next] = this.#underway;
    this.#isDelivering = next !== undefined;
    if (next !== undefined) this.#setTimer(() => this.#deliver(), Math.ceil(next.atMs - now));
  }
}

export interface Lane {
  send(content: Uint8Array, deliver: (packet: Uint8Array) => void): void;
  /** Calls back after everything that was sent before has arrived. */
  end(deliver: () => void): void;
}
