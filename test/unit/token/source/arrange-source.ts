/** A token source in virtual time, with an endpoint that responds when the test says so. */
import { AccessTokenSource, type AccessTokenSourceOptions } from '../../../../src/token/source/access-token-source.js';
import type { TokenUpdate } from '../../../../src/token/source/token-update.js';
import { ScriptedRequester } from '../../../support/scripted-requester.js';
import { VirtualTime } from '../../../support/virtual-time.js';

export const HOUR_MS = 3_600_000;
/** With random numbers of 0, a token of one hour is due at this time, and a first retry comes after half a second. */
export const DUE_MS = HOUR_MS / 2;

export function arrange(options: Partial<AccessTokenSourceOptions> = {}) {
  const time = new VirtualTime();
  const endpoint = new ScriptedRequester(time.clock);
  const updates: TokenUpdate[] = [];
  const page = { isVisible: true, isOnline: true };
  const source = new AccessTokenSource({
    request: endpoint.request,
    onUpdate: (update) => updates.push(update),
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    isVisible: () => page.isVisible,
    isOnline: () => page.isOnline,
    ...options,
  });
  return { time, endpoint, updates, page, source };
}

export type Arranged = ReturnType<typeof arrange>;

/** A source that has its first token, `token-1`. */
export async function arrangeIssued(options: Partial<AccessTokenSourceOptions> = {}): Promise<Arranged> {
  const arranged = arrange(options);
  arranged.source.start();
  await arranged.time.advance(0);
  await arranged.endpoint.succeed();
  return arranged;
}

/** The present result of a promise. */
export function watch(promise: Promise<string>): { readonly value: string | undefined } {
  const watched: { value: string | undefined } = { value: undefined };
  promise.then(
    (value) => (watched.value = value),
    () => (watched.value = 'REJECTED'),
  );
  return watched;
}

/** The reasons of the requests, in order. */
export const reasonsOf = ({ seen }: ScriptedRequester): string[] => seen.map(({ reason }) => reason);
