/** Takes one guard at a time out of the engine and sees that the worlds of `isolation.property.test.ts` notice. */
import { describe, expect, it } from 'vitest';
import { checkWorld } from '../../support/check-world.js';
import type { WorldKind } from '../../support/isolation-world.js';
import { type Edit, buildEngine } from '../../support/seeded-bug.js';

const source = 'token/source/access-token-source.ts';
const controller = 'session/session-controller.ts';
const state = 'session/session-state.ts';
const runs = { numRuns: 4_000, seed: 20_260_101 };

interface SeededBug {
  readonly without: string;
  readonly edits: readonly Edit[];
  readonly world: WorldKind;
  readonly breaks: RegExp;
}

const bugs: readonly SeededBug[] = [
  {
    // Three floors each drop what is late: any two may fail.
    without: 'the generation',
    edits: [
      { file: source, find: 'answer === undefined || this.#isStopped', replace: 'answer === undefined' },
      { file: controller, find: 'if (generation !== this.#state.generation) return;', replace: '' },
      { file: state, find: 'event.generation !== state.generation || ', replace: '' },
    ],
    world: 'told',
    breaks: /a frame was built for/,
  },
  {
    without: 'a flight for each identity',
    edits: [
      {
        file: source,
        find: 'export class AccessTokenSource {',
        replace: 'let shared: ReturnType<TokenRequester> | undefined;\nexport class AccessTokenSource {',
      },
      {
        file: source,
        find: 'await request({ reason, signal: this.#abort.signal })',
        replace: 'await (shared ??= request({ reason, signal: this.#abort.signal }).finally(() => (shared = undefined)))',
      },
    ],
    world: 'told',
    breaks: /(alice got a token of bob|bob got a token of alice)/,
  },
  {
    without: 'the look at the subject',
    edits: [{ file: source, find: 'this.#owner !== undefined && this.#owner.subject !== subject', replace: 'false' }],
    world: 'silent',
    breaks: /the frame of (alice got a token of bob|bob got a token of alice)/,
  },
  {
    without: 'a hook that never rejects',
    edits: [
      { file: 'token/source/waiters.ts', find: 'new Promise((resolve) =>', replace: 'new Promise((resolve, reject) =>' },
      {
        file: 'token/source/waiters.ts',
        find: 'resolve(this.#answer());',
        replace: "if (this.#answer() === '') reject(new Error('no token'));\nelse resolve(this.#answer());",
      },
    ],
    world: 'told',
    breaks: /(replaceToken|freshToken) rejected/,
  },
  {
    without: 'clearing a flight that failed',
    edits: [
      { file: source, find: 'this.#flight = undefined;\n    if', replace: 'if (answer?.ok !== false) this.#flight = undefined;\n    if' },
    ],
    world: 'told',
    breaks: /no chat for|no token/,
  },
  {
    without: 'one flight at a time',
    edits: [{ file: source, find: 'this.#flight ??= ', replace: 'this.#flight = ' }],
    world: 'told',
    breaks: /two requests were under way/,
  },
  {
    without: 'dropping a token that was refused',
    edits: [{ file: source, find: "if (refused !== '') this.#token = undefined;", replace: '' }],
    world: 'told',
    breaks: /a refused token was handed out/,
  },
  {
    without: 'remembering a token that was refused',
    edits: [{ file: source, find: 'if (this.#refused.has(value)) {', replace: 'if (value === undefined) {' }],
    world: 'told',
    breaks: /a refused token was handed out/,
  },
  {
    without: 'cutting off a frame that is gone',
    edits: [
      {
        file: controller,
        find: 'this.#state.frame === frame && hasFrame(this.#state);',
        replace: 'true;',
      },
    ],
    world: 'told',
    breaks: /a frame that is gone got a token/,
  },
  {
    without: 'looking again when the token has come',
    edits: [{ file: controller, find: "return isCurrent() ? token : '';", replace: 'return token;' }],
    world: 'told',
    breaks: /a frame that is gone got a token/,
  },
  {
    without: 'removing the frame at once',
    edits: [{ file: controller, find: 'frame?.destroy();', replace: 'queueMicrotask(() => frame?.destroy());' }],
    world: 'told',
    breaks: /a frame outlived the call that ended it/,
  },
  {
    without: 'disposing of the source',
    edits: [{ file: controller, find: 'this.#source?.dispose();', replace: '' }],
    world: 'told',
    breaks: /a request outlived the call that ended it/,
  },
  {
    without: 'aborting the request',
    edits: [{ file: source, find: 'this.#abort.abort();', replace: '' }],
    world: 'told',
    breaks: /a request outlived the call that ended it/,
  },
  {
    without: 'answering those who wait at the end',
    edits: [{ file: source, find: 'this.#cancelTimer();\n    this.#waiters.answerAll();', replace: 'this.#cancelTimer();' }],
    world: 'told',
    breaks: /somebody waits for a token of a former life/,
  },
  {
    without: 'cancelling the timer at the end',
    edits: [{ file: source, find: 'this.#cancelTimer();\n    this.#waiters.answerAll();', replace: 'this.#waiters.answerAll();' }],
    world: 'told',
    breaks: /a timer was left behind/,
  },
  {
    without: 'the hook’s deadline',
    edits: [{ file: source, find: 'this.#nextToken(HOOK_DEADLINE_MS)', replace: 'this.#nextToken(FRESH_DEADLINE_MS)' }],
    world: 'told',
    breaks: /replaceToken took longer than 2500 ms/,
  },
  {
    without: 'the monotonic clock',
    edits: [{ file: 'core/clock.ts', find: 'now.monotonicMs - since.monotonicMs, ', replace: '' }],
    world: 'silent',
    breaks: /an expired token was handed out|no chat for/,
  },
  {
    without: 'the wall clock',
    edits: [{ file: 'core/clock.ts', find: 'now.wallMs - since.wallMs, ', replace: '' }],
    world: 'silent',
    breaks: /an expired token was handed out/,
  },
  {
    without: 'counting a life from the request',
    edits: [
      {
        file: source,
        find: 'new AccessToken(answer.value,',
        replace: 'new AccessToken({ ...answer.value, requestedAt: this.#now() },',
      },
    ],
    world: 'told',
    breaks: /an expired token was handed out/,
  },
  {
    without: 'silence in a hidden page',
    edits: [{ file: source, find: '!this.#options.isVisible() && !this.#waiters.areAny', replace: 'false' }],
    world: 'told',
    breaks: /a hidden page asked for a token/,
  },
  {
    without: 'waking up',
    edits: [{ file: source, find: 'HASTENED_RETRY_MS * random());\n    this.#check();', replace: 'HASTENED_RETRY_MS * random());' }],
    world: 'told',
    breaks: /no chat for/,
  },
];

describe('without', { timeout: 60_000 }, () => {
  it.each(bugs.map((bug) => [bug.without, bug] as const))(
    '%s, the promises are broken, and it shows',
    async (_, { edits, world, breaks }) => {
      const { failed } = await checkWorld(world, await buildEngine(edits), { ...runs, endOnFailure: true }, breaks);
      expect(failed).toBe(true);
    },
  );
});

it.each<WorldKind>(['told', 'silent'])(
  'with all of it, built the same way, the same %s stories break nothing',
  { timeout: 60_000 },
  async (world) => {
    const { failed, error } = await checkWorld(world, await buildEngine([]), runs);
    expect(failed, error).toBe(false);
  },
);
