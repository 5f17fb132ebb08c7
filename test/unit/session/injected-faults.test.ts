/**
 * Replaces one collaborator of the session at a time by a faulty one, and checks that the scenarios of `isolation.property.test.ts` notice.
 * Without a fault none of them fails: that test proves it.
 */
import { expect, it } from 'vitest';
import { checkScenarios } from '../../support/check-scenarios.js';
import * as faults from '../../support/injected-faults.js';
import type { Collaborators, LoginKind } from '../../support/isolation-harness.js';

const runs = { numRuns: 4_000, seed: 20_260_101 };

interface InjectedFault {
  readonly when: string;
  readonly inject: () => Partial<Collaborators>;
  readonly kind: LoginKind;
  readonly violates: RegExp;
}

const createSource = (create: Collaborators['createSource']) => (): Partial<Collaborators> => ({ createSource: create });
const createFrame = (create: Collaborators['createFrame']) => (): Partial<Collaborators> => ({ createFrame: create });

const injectedFaults: readonly InjectedFault[] = [
  {
    when: 'a late response counts for the present visitor',
    inject: faults.lateResponsesCount,
    kind: 'announced',
    violates: /a frame was built for/,
  },
  {
    when: 'two visitors share a request',
    inject: faults.requestsAreShared,
    kind: 'announced',
    violates: /(alice got a token of bob|bob got a token of alice)/,
  },
  {
    when: 'the subject of a response is not compared',
    inject: createSource(faults.subjectIsNeverCompared),
    kind: 'unannounced',
    violates: /the frame of (alice got a token of bob|bob got a token of alice)/,
  },
  {
    when: 'the hook rejects',
    inject: createSource(faults.hookRejects),
    kind: 'announced',
    violates: /(refreshAccessToken|getAccessToken) rejected/,
  },
  {
    when: 'a failed request stays in flight',
    inject: createSource(faults.failedRequestStaysInFlight),
    kind: 'announced',
    violates: /no chat for|no token/,
  },
  {
    when: 'a refresh does not join the request in flight',
    inject: createSource(faults.refreshOpensAnotherFlight),
    kind: 'announced',
    violates: /two requests were under way/,
  },
  {
    when: 'a rejected token is kept',
    inject: createSource(faults.rejectedTokenIsKept),
    kind: 'announced',
    violates: /a refused token was handed out/,
  },
  {
    when: 'a rejected token is forgotten',
    inject: createSource(faults.rejectedTokenIsForgotten),
    kind: 'announced',
    violates: /a refused token was handed out/,
  },
  {
    when: 'a removed frame is not cut off',
    inject: createFrame(faults.frameIsNeverCutOff),
    kind: 'announced',
    violates: /a frame that is gone got a token/,
  },
  {
    when: 'a frame that is removed while it waits is not cut off',
    inject: createFrame(faults.frameIsCutOffOnlyForNewRequests),
    kind: 'announced',
    violates: /a frame that is gone got a token/,
  },
  {
    when: 'a frame is removed a microtask late',
    inject: createFrame(faults.frameIsRemovedLater),
    kind: 'announced',
    violates: /a frame outlived the call that ended it/,
  },
  {
    when: 'a source is disposed of a microtask late',
    inject: createSource(faults.sourceIsDisposedLater),
    kind: 'announced',
    violates: /a request outlived the call that ended it/,
  },
  {
    when: 'a request is not aborted',
    inject: createSource(faults.requestIsNotAborted),
    kind: 'announced',
    violates: /a request outlived the call that ended it/,
  },
  {
    when: 'callers are left waiting at the end',
    inject: createSource(faults.waitersAreLeftAtTheEnd),
    kind: 'announced',
    violates: /a caller waits for a token of a former generation/,
  },
  {
    when: 'a timer is left at the end',
    inject: createSource(faults.timerIsLeftAtTheEnd),
    kind: 'announced',
    violates: /a timer was left behind/,
  },
  {
    when: 'the hook waits as long as a request may',
    inject: createSource(faults.hookWaitsAsLongAsRequests),
    kind: 'announced',
    violates: /refreshAccessToken took longer than 2500 ms/,
  },
  {
    when: 'the monotonic clock stands still',
    inject: createSource(faults.monotonicClockStands),
    kind: 'unannounced',
    violates: /an expired token was handed out|no chat for/,
  },
  {
    when: 'the wall clock stands still',
    inject: createSource(faults.wallClockStands),
    kind: 'unannounced',
    violates: /an expired token was handed out/,
  },
  {
    when: 'a token’s lifetime is counted from the response',
    inject: createSource(faults.lifetimeBeginsWithTheResponse),
    kind: 'announced',
    violates: /an expired token was handed out/,
  },
  {
    when: 'a hidden page counts as visible',
    inject: createSource(faults.hiddenPageCountsAsVisible),
    kind: 'announced',
    violates: /a hidden page asked for a token/,
  },
  {
    when: 'nothing wakes the source',
    inject: createSource(faults.nothingWakesTheSource),
    kind: 'announced',
    violates: /no chat for/,
  },
];

it.each(injectedFaults.map((fault) => [fault.when, fault] as const))(
  'The isolation property fails when %s',
  { timeout: 60_000 },
  async (_, { inject, kind, violates }) => {
    const { failed } = await checkScenarios(kind, { ...runs, endOnFailure: true, inject, counting: violates });
    expect(failed).toBe(true);
  },
);
