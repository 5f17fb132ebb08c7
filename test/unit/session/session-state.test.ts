import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrorCode, type Problem } from '../../../src/core/errors.js';
import { hasFrame, initialState, isUsable, type SessionEvent, type SessionState, transition } from '../../../src/session/session-state.js';
import {
  invalidResponse,
  misconfigured,
  rateLimited,
  signedOut,
  staleTokenFailure,
  terminalFailure,
  tokensRejectedFailure,
  unavailable,
} from '../../../src/token/token-failure.js';
import { runs } from '../../support/runs.js';

const problem: Problem = { code: ErrorCode.ChatFailed, message: 'broken', retryable: true };
const otherProblem: Problem = { code: ErrorCode.InvalidConfiguration, message: 'bot-id is missing', retryable: false };
const life = { generation: 5, frame: 7 };
const bob = { subject: 'bob' };
const states = {
  idle: { status: 'idle', ...life },
  authorizing: { status: 'authorizing', expectedSubject: undefined, ...life },
  confirming: { status: 'authorizing', expectedSubject: { subject: 'bob' }, ...life },
  loading: { status: 'loading', ...life },
  ready: { status: 'ready', ...life },
  refreshing: { status: 'refreshing', ...life },
  'signed-out': { status: 'signed-out', ...life },
  'failed token': { status: 'failed', problem, cause: 'token', retryAtMs: 9, ...life },
  'failed configuration': { status: 'failed', problem, cause: 'configuration', retryAtMs: undefined, ...life },
  'failed exception': { status: 'failed', problem, cause: 'exception', retryAtMs: undefined, ...life },
  'failed frame': { status: 'failed', problem, cause: 'frame', retryAtMs: undefined, ...life },
} satisfies Record<string, SessionState>;
type Name = keyof typeof states;
/** Nothing is running, and only `start` begins anything. */
const INACTIVE = ['idle', 'failed configuration'] as const satisfies readonly Name[];

const tokenFailed = (failure = unavailable('down'), attempt = 1): SessionEvent => ({
  type: 'token-failed',
  generation: 5,
  failure,
  attempt,
  retryAtMs: failure.kind === 'terminal' ? undefined : 1_000,
});
const events = {
  started: { type: 'started' },
  stopped: { type: 'stopped' },
  'configuration-invalid': { type: 'configuration-invalid', problem: otherProblem },
  'exception-thrown': { type: 'exception-thrown', problem: otherProblem },
  'identity-changed': { type: 'identity-changed' },
  'identity-unverified': { type: 'identity-unverified' },
  'signed-out': { type: 'signed-out' },
  'frame-settings-changed': { type: 'frame-settings-changed' },
  'token-requested': { type: 'token-requested', generation: 5 },
  'token-arrived': { type: 'token-arrived', generation: 5 },
  'subject-changed': { type: 'subject-changed', generation: 5, subject: bob },
  'token-failed once': tokenFailed(),
  'token-failed twice': tokenFailed(unavailable('down'), 2),
  'token-failed, answer invalid, twice': tokenFailed(invalidResponse('html'), 2),
  'token-failed once, told to wait': tokenFailed(rateLimited('429', 30_000)),
  'token-failed, signed out': tokenFailed(signedOut('401')),
  'token-failed, misconfigured': tokenFailed(misconfigured('404')),
  'token-failed, rejected': tokenFailed(tokensRejectedFailure),
  'frame-ready': { type: 'frame-ready', generation: 5, frame: 7 },
  'frame-failed': { type: 'frame-failed', generation: 5, frame: 7, problem },
  'frame-retry-due': { type: 'frame-retry-due', generation: 5 },
} satisfies Record<string, SessionEvent>;

const repeatedly = { authorizing: 'failed 5 7', confirming: 'failed 5 7', refreshing: 'ready 5 7', 'failed token': 'failed 5 7' };

/** The next state for each state, as `status generation frame`; states that are not listed do not change. */
const table: Readonly<Record<keyof typeof events, Partial<Record<Name, string>>>> = {
  started: { idle: 'authorizing 6 8', 'failed configuration': 'authorizing 6 8' },
  stopped: allBut(['idle'], 'idle 6 8'),
  'configuration-invalid': allBut([], 'failed 6 8'),
  'exception-thrown': allBut([], 'failed 6 8'),
  'identity-changed': allBut(INACTIVE, 'authorizing 6 8'),
  'identity-unverified': allBut([...INACTIVE, 'signed-out'], 'authorizing 6 8'),
  'signed-out': allBut(INACTIVE, 'signed-out 6 8'),
  'frame-settings-changed': { loading: 'loading 5 8', ready: 'loading 5 8', refreshing: 'loading 5 8' },
  'token-requested': { ready: 'refreshing 5 7' },
  'token-arrived': {
    authorizing: 'loading 5 7',
    confirming: 'loading 5 7',
    refreshing: 'ready 5 7',
    'signed-out': 'loading 5 7',
    'failed token': 'loading 5 7',
  },
  'subject-changed': { ...allBut(INACTIVE, 'authorizing 6 8'), confirming: 'failed 6 8' },
  'token-failed once': { refreshing: 'ready 5 7', 'failed token': 'failed 5 7' },
  'token-failed twice': repeatedly,
  'token-failed, answer invalid, twice': repeatedly,
  'token-failed once, told to wait': repeatedly,
  'token-failed, signed out': { ...allBut([...INACTIVE, 'signed-out'], 'signed-out 5 7'), ...withFrame('signed-out 5 8') },
  'token-failed, misconfigured': { ...allBut(INACTIVE, 'failed 5 7'), ...withFrame('failed 5 8') },
  'token-failed, rejected': { ...allBut(INACTIVE, 'failed 5 7'), ...withFrame('failed 5 8') },
  'frame-ready': { loading: 'ready 5 7' },
  'frame-failed': withFrame('failed 5 8'),
  'frame-retry-due': { 'failed frame': 'loading 5 7' },
};

function allBut(excepted: readonly Name[], outcome: string): Partial<Record<Name, string>> {
  const names = Object.keys(states) as Name[];
  return Object.fromEntries(names.filter((name) => !excepted.includes(name)).map((name) => [name, outcome]));
}

function withFrame(outcome: string): Partial<Record<Name, string>> {
  return { loading: outcome, ready: outcome, refreshing: outcome };
}

describe('Transitions of a session', () => {
  const cases = Object.keys(events).flatMap((event) =>
    Object.keys(states).map((state) => ({ state, event, outcome: table[event as keyof typeof events][state as Name] })),
  );
  it.each(cases)('The state $state becomes $outcome at the event $event', ({ state, event, outcome }) => {
    const before: SessionState = states[state as Name];
    const after = transition(before, events[event as keyof typeof events]);
    if (outcome === undefined) expect(after).toBe(before);
    else expect(`${after.status} ${after.generation} ${after.frame}`).toBe(outcome);
  });
});

describe('A failure', () => {
  const failureAfter = (state: SessionState, event: SessionEvent) => {
    const after = transition(state, event);
    return after.status === 'failed' ? { ...after.problem, cause: after.cause, retryAtMs: after.retryAtMs } : undefined;
  };

  it.each([
    [unavailable('down'), ErrorCode.TokenEndpointUnavailable, true],
    [invalidResponse('html'), ErrorCode.InvalidTokenResponse, true],
    [staleTokenFailure, ErrorCode.TokenRejected, true],
    [tokensRejectedFailure, ErrorCode.TokenRejected, true],
    [misconfigured('404'), ErrorCode.TokenEndpointMisconfigured, false],
    [terminalFailure(ErrorCode.Forbidden, '403'), ErrorCode.Forbidden, false],
    [terminalFailure(ErrorCode.IdentityMismatch, '403'), ErrorCode.IdentityMismatch, false],
  ])('A failure to get a token has a code and says whether it can be retried: %o', (failure, code, retryable) => {
    expect(failureAfter(states.authorizing, tokenFailed(failure, 2))).toEqual({
      code,
      message: failure.message,
      retryable,
      cause: 'token',
      ...(failure.fault !== undefined && { fault: failure.fault }),
      retryAtMs: retryable && failure.kind !== 'terminal' ? 1_000 : undefined,
    });
  });

  it.each(['configuration-invalid', 'exception-thrown'] as const)(
    'A failure that is reported again unchanged (%s) changes nothing',
    (type) => {
      const failedState = transition(states.ready, { type, problem });
      expect(transition(failedState, { type, problem: { ...problem } })).toBe(failedState);
      expect(transition(failedState, { type, problem: otherProblem })).toMatchObject({ problem: otherProblem, generation: 7 });
    },
  );

  it('A failure with the same message and another cause is another failure', () => {
    const failedState = transition(states.ready, { type: 'configuration-invalid', problem });
    const after = transition(failedState, { type: 'exception-thrown', problem });
    expect(after).toMatchObject({ cause: 'exception', problem, generation: 7 });
  });

  it('A failure of the frame has its problem and the time of the next start', () => {
    const failure = failureAfter(states.ready, { ...events['frame-failed'], retryAtMs: 20_000 });
    expect(failure).toEqual({ ...problem, cause: 'frame', retryAtMs: 20_000 });
  });

  it('A failure of the frame is not mended by a token', () => {
    const failedState = transition(states.ready, { ...events['frame-failed'], retryAtMs: 20_000 });
    expect(failedState.status).toBe('failed');
    for (const name of ['token-requested', 'token-failed twice', 'token-arrived'] as const) {
      expect(transition(failedState, events[name])).toBe(failedState);
    }
  });

  it('A failure to get a token is updated at each attempt with its reason and the time of the next one', () => {
    const failure = failureAfter(states['failed token'], tokenFailed(rateLimited('429', 30_000), 3));
    expect(failure).toMatchObject({ code: ErrorCode.RateLimited, message: '429', cause: 'token', retryAtMs: 1_000 });
  });

  it('A failure to agree on the subject can be retried', () => {
    const failure = failureAfter(states.confirming, events['subject-changed']);
    expect(failure).toMatchObject({ code: ErrorCode.IdentityMismatch, retryable: true, cause: 'token' });
    expect(failure?.message).toContain('Check that all its instances agree on "subject"');
  });

  it.each([
    ['cookies_blocked', 'alice', 'carol'],
    ['identity_mismatch', 'alice', 'alice'],
    ['identity_mismatch', undefined, 'carol'],
    ['identity_mismatch', 'alice', undefined],
  ])('A failure has the code %s if first %s, then Bob and then %s is named', (code, former, third) => {
    const confirming = transition(states.ready, { ...events['subject-changed'], formerSubject: { subject: former } });
    const { generation } = confirming;
    const failure = failureAfter(confirming, { type: 'subject-changed', generation, subject: { subject: third } });
    expect(failure).toMatchObject({ code, retryable: true, cause: 'token', message: expect.stringContaining('token endpoint') as string });
  });
});

it('A chat can be used while it is ready, also while its token is replaced', () => {
  const usable = Object.entries(states).filter(([, state]) => isUsable(state));
  expect(usable.map(([name]) => name)).toEqual(['ready', 'refreshing']);
});

it('A session expects the subject that a response has named, and none after a change by the page', () => {
  expect(transition(states.ready, events['subject-changed'])).toMatchObject({ status: 'authorizing', expectedSubject: bob });
  expect(transition(states.ready, events['identity-changed'])).toMatchObject({ status: 'authorizing', expectedSubject: undefined });
});

describe('Any sequence of events', { timeout: 60_000 }, () => {
  const anyFailure = fc.constantFrom(
    unavailable('down'),
    invalidResponse('html'),
    signedOut('401'),
    misconfigured('404'),
    tokensRejectedFailure,
  );
  const plain = fc
    .constantFrom('started', 'stopped', 'identity-changed', 'identity-unverified', 'signed-out', 'frame-settings-changed')
    .map((type) => ({ type }) as SessionEvent);
  /** Responses for the current generation, and for generations and frames `back` ago. */
  const answer = fc.record({
    back: fc.nat(2),
    frameBack: fc.nat(2),
    failure: anyFailure,
    attempt: fc.integer({ min: 1, max: 3 }),
    kind: fc.nat(5),
  });
  const answerFor = (
    { generation, frame }: SessionState,
    { back, frameBack, failure, attempt, kind }: typeof answer extends fc.Arbitrary<infer T> ? T : never,
  ): SessionEvent => {
    const asked = { generation: generation - back };
    const built = { ...asked, frame: frame - frameBack };
    const kinds: readonly SessionEvent[] = [
      { type: 'token-requested', ...asked },
      { type: 'token-arrived', ...asked },
      { type: 'token-failed', ...asked, failure, attempt, retryAtMs: undefined },
      { type: 'subject-changed', ...asked, subject: bob },
      { type: 'frame-ready', ...built },
      { type: 'frame-failed', ...built, problem },
    ];
    return kinds[kind] ?? { type: 'started' };
  };
  const step = fc.oneof(plain, answer);
  const run = (
    steps: readonly (SessionEvent | Parameters<typeof answerFor>[1])[],
    check: (before: SessionState, event: SessionEvent, after: SessionState) => void,
  ) => {
    let state = initialState;
    for (const step of steps) {
      const event = 'type' in step ? step : answerFor(state, step);
      const next = transition(state, event);
      check(state, event, next);
      state = next;
    }
  };
  const always = (check: (before: SessionState, event: SessionEvent, after: SessionState) => void) =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => run(steps, check)),
      { numRuns: runs(2_000) },
    );

  it('An answer for another generation or frame changes nothing', () => {
    always((before, event, after) => {
      const isStale =
        ('generation' in event && event.generation !== before.generation) || ('frame' in event && event.frame !== before.frame);
      if (isStale) expect(after).toBe(before);
    });
  });

  it('Generations and frames only grow, and a frame belongs to one generation', () => {
    always((before, _, after) => {
      expect(after.generation).toBeGreaterThanOrEqual(before.generation);
      expect(after.frame).toBeGreaterThanOrEqual(before.frame);
      if (after.generation > before.generation) expect(after.frame).toBeGreaterThan(before.frame);
    });
  });

  it('A removed frame does not return under its number', () => {
    always((before, _, after) => {
      if (hasFrame(before) && !hasFrame(after)) expect(after.frame).toBeGreaterThan(before.frame);
      if (hasFrame(before) && after.status === 'loading' && after !== before) expect(after.frame).toBeGreaterThan(before.frame);
    });
  });

  it('A change of the visitor, a log-out and a page that is left remove the frame in the same step', () => {
    always((_, event, after) => {
      if (['stopped', 'identity-changed', 'identity-unverified', 'signed-out'].includes(event.type)) expect(hasFrame(after)).toBe(false);
    });
  });

  it('No state is changed in place', () => {
    const frozen = Object.values(states).map((state) => Object.freeze({ ...state }));
    for (const state of frozen) for (const event of Object.values(events)) expect(() => transition(state, event)).not.toThrow();
  });
});
