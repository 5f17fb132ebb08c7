import { randomBytes, randomInt } from 'node:crypto';

/** Creates ids as Coze does: increasing strings of 19 digits, too large for a JavaScript number. */
export class IdSource {
  #last = 7_500_000_000_000_000_000n + BigInt(randomInt(1_000_000_000)) * 1_000_000n;

  next(): string {
    this.#last += BigInt(randomInt(1, 1_000_000));
    return this.#last.toString();
  }
}

/** A log id as in `x-tt-logid`: fourteen digits of UTC time and eighteen hex digits. */
export function createLogId(nowMs: number): string {
  const time = new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return time + randomBytes(9).toString('hex').toUpperCase();
}
