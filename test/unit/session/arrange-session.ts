/** A session controller with real token sources on commanded time, and frames without a browser. */
import { SessionController, type SessionEffects } from '../../../src/session/session-controller.js';
import type { SessionState } from '../../../src/session/session-state.js';
import { AccessTokenSource } from '../../../src/token/source/access-token-source.js';
import type { TokenUpdate } from '../../../src/token/source/token-update.js';
import { FakeFrames } from '../../support/fake-frames.js';
import { ScriptedRequester } from '../../support/scripted-requester.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { noControls } from '../../support/chat-controls.js';

export function arrangeSession(effects: Partial<SessionEffects> = {}) {
  const time = new VirtualTime();
  const endpoint = new ScriptedRequester(time.clock);
  const frames = new FakeFrames();
  const page = { isVisible: true, isOnline: true };
  const states: SessionState[] = [];
  const updates: TokenUpdate[] = [];
  const heard: unknown[] = [];
  /** How many frames were on the page at each news of a state. */
  const framesAtNews: number[] = [];
  const session = new SessionController({
    createSource: (onUpdate, owner) =>
      new AccessTokenSource({
        request: endpoint.request,
        onUpdate,
        clock: time.clock,
        timers: time.timers,
        random: () => 0,
        isVisible: () => page.isVisible,
        isOnline: () => page.isOnline,
        expectedSubject: owner,
      }),
    createFrame: frames.create,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    isOnline: () => page.isOnline,
    onState: (state) => {
      states.push(state);
      framesAtNews.push(frames.shown.length);
    },
    onToken: (update) => updates.push(update),
    onMessage: (message) => heard.push(message),
    onReplyFailed: (problem) => heard.push(problem),
    onEvent: ({ type }) => heard.push(type) > 0,
    onEscape: () => heard.push('escape'),
    onSubjectChanged: () => heard.push('foreign identity'),
    ...effects,
  });
  const settle = () => time.advance(0);
  return {
    time,
    endpoint,
    frames,
    page,
    states,
    framesAtNews,
    updates,
    heard,
    session,
    settle,
    statuses: () => states.map(({ status }) => status),
  };
}

/** Alice's chat can be used. */
export async function arrangeReady(effects: Partial<SessionEffects> = {}) {
  const arranged = arrangeSession(effects);
  arranged.session.start();
  await arranged.settle();
  await arranged.endpoint.succeed();
  arranged.frames.last.host.onReady(noControls);
  return arranged;
}
