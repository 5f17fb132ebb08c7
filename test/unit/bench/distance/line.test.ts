import { beforeEach, describe, expect, test } from 'vitest';
import { Line, type LineQuality } from '../../../bench/distance/line.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const FAR: LineQuality = { delayMs: 50, bytesPerMs: Infinity };
/** 1.6 Mbit/s. */
const NARROW: LineQuality = { delayMs: 50, bytesPerMs: 200 };

let time: VirtualTime;
let startMs: number;
let line: Line;
/** What arrived: bytes by connection, and when. */
let arrivals: { readonly from: string; readonly bytes: number; readonly atMs: number }[];

beforeEach(() => {
  time = new VirtualTime();
  startMs = time.now.monotonicMs;
  line = new Line({ now: () => time.now.monotonicMs, setTimer: (callback, ms) => time.timers.set(callback, ms) });
  arrivals = [];
});

const send = (lane: ReturnType<Line['connect']>, from: string, bytes: number): void =>
  lane.send(new Uint8Array(bytes), (packet) => arrivals.push({ from, bytes: packet.length, atMs: time.now.monotonicMs - startMs }));

const lastArrivalMs = (from: string): number | undefined => arrivals.findLast((arrival) => arrival.from === from)?.atMs;

describe('A line', () => {
  test('A line without a limit delivers everything after its delay, and not before', async () => {
    line.quality = FAR;
    send(line.connect(), 'page', 100_000);
    await time.advance(49);
    expect(arrivals).toEqual([]);
    await time.advance(1);
    expect(arrivals.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(100_000);
  });

  test('A narrow line takes as long as the bytes need, and its delay', async () => {
    line.quality = NARROW;
    send(line.connect(), 'page', 60_000);
    await time.advance(1000);
    expect(lastArrivalMs('page')).toBe(350);
  });

  test('Two connections share a narrow line, so that a small response does not wait for a large one', async () => {
    line.quality = NARROW;
    send(line.connect(), 'large', 60_000);
    send(line.connect(), 'small', 1_500);
    await time.advance(1000);
    expect(lastArrivalMs('small')).toBe(73);
    expect(lastArrivalMs('large')).toBe(358);
  });

  test('The end of a connection arrives after the bytes that were sent before it', async () => {
    line.quality = NARROW;
    const lane = line.connect();
    send(lane, 'page', 3_000);
    lane.end(() => arrivals.push({ from: 'end', bytes: 0, atMs: time.now.monotonicMs - startMs }));
    await time.advance(1000);
    expect(arrivals.map(({ from }) => from)).toEqual(['page', 'page', 'end']);
  });

  test('A line that was idle does not send faster afterwards', async () => {
    line.quality = NARROW;
    const lane = line.connect();
    await time.advance(500);
    send(lane, 'page', 60_000);
    await time.advance(1000);
    expect(lastArrivalMs('page')).toBe(850);
  });

  test('A line is idle from the moment of its last delivery', async () => {
    line.quality = FAR;
    send(line.connect(), 'page', 10);
    await time.advance(20);
    expect(line.idleMs).toBe(0);
    await time.advance(130);
    expect(line.idleMs).toBe(100);
  });
});
