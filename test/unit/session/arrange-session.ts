/** A session controller with real token sources in virtual time, and frames without a browser. */
import { KeptDraft } from '../../../src/session/kept-draft.js';
import { SessionController, type SessionEffects } from '../../../src/session/session-controller.js';
import type { SessionNotification } from '../../../src/session/session-notification.js';
import type { SessionState } from '../../../src/session/session-state.js';
import { AccessTokenSource } from '../../../src/token/source/access-token-source.js';
import type { TokenUpdate } from '../../../src/token/source/token-update.js';
import { noControls } from '../../support/chat-controls.js';
import { FakeFrames } from '../../support/fake-frames.js';
import { quietPage } from '../../support/quiet-page.js';
import { ScriptedRequester } from '../../support/scripted-requester.js';
import { VirtualTime } from '../../support/virtual-time.js';

export function arrangeSession(effects: Partial<SessionEffects> = {}) {
  const time = new VirtualTime();
  const endpoint = new ScriptedRequester(time.clock);
  const frames = new FakeFrames();
  const page = { isVisible: true, isOnline: true };
  const frameFocus: boolean[] = [];
  const states: SessionState[] = [];
  const updates: TokenUpdate[] = [];
  const received: SessionNotification[] = [];
  /** How many frames were on the page at each change of state. */
  const framesAtStates: number[] = [];
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
    notify: (notification) => {
      if (notification.type === 'state-changed') {
        states.push(notification.state);
        framesAtStates.push(frames.shown.length);
      } else if (notification.type === 'token-updated') updates.push(notification.update);
      else received.push(notification);
      return true;
    },
    page: quietPage,
    draft: new KeptDraft(),
    onFrameFocus: (hasFocus) => frameFocus.push(hasFocus),
    ...effects,
  });
  const settle = () => time.advance(0);
  return {
    time,
    endpoint,
    frames,
    page,
    states,
    framesAtStates,
    updates,
    received,
    frameFocus,
    session,
    settle,
    statuses: () => states.map(({ status }) => status),
  };
}

/** Alice's chat is usable. */
export async function arrangeReady(effects: Partial<SessionEffects> = {}) {
  const arranged = arrangeSession(effects);
  arranged.session.start();
  await arranged.settle();
  await arranged.endpoint.succeed();
  arranged.frames.last.host.onReady(noControls);
  return arranged;
}
