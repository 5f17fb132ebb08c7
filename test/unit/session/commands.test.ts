/** A page's commands, from the controller's side. */
import { describe, expect, it, vi } from 'vitest';
import { ErrorCode, type Problem } from '../../../src/core/errors.js';
import type { ChatApi, ChatEvent } from '../../../src/frame/contract.js';
import type { SessionNotification } from '../../../src/session/session-notification.js';
import { signedOut } from '../../../src/token/token-failure.js';
import { noControls } from '../../support/chat-controls.js';
import { arrangeReady, arrangeSession } from './arrange-session.js';

const broken: Problem = { code: ErrorCode.ChatFailed, message: 'broken', retryable: true };
const controls: ChatApi = {
  ...noControls,
  send: (text) => Promise.resolve({ role: 'assistant', text: `You said: ${text}`, id: '1' }),
};
const send = ({ send }: ChatApi) => send('hello');
/** A chat that never responds. */
const silent: ChatApi = { ...noControls, send: () => new Promise(() => undefined) };

const noVisitor = { code: ErrorCode.SignedOut, message: 'Nobody is signed in.', retryable: true };
const interrupted = { code: ErrorCode.Interrupted, message: 'The chat it was meant for is gone.', retryable: true };

describe('A command', () => {
  it('A command waits until the chat is ready', async () => {
    const { session, endpoint, frames, settle } = arrangeSession();
    session.start();
    const answer = session.commands.run(send);
    await settle();
    await endpoint.succeed();
    frames.last.host.onReady(controls);
    expect(await answer).toMatchObject({ text: 'You said: hello' });
  });

  it('A command is rejected before there is a chat, and while the visitor is signed out', async () => {
    const { session, endpoint, settle } = arrangeSession();
    await expect(session.commands.run(send)).rejects.toMatchObject(noVisitor);
    session.start();
    await settle();
    const refused = expect(session.commands.run(send)).rejects.toMatchObject(noVisitor);
    await endpoint.fail(signedOut('401'));
    await refused;
    await expect(session.commands.run(send)).rejects.toMatchObject(noVisitor);
  });

  it('A command is rejected with the problem of a chat that failed', async () => {
    const { session, endpoint, frames, settle } = arrangeSession();
    session.start();
    await settle();
    await endpoint.succeed();
    const waiting = session.commands.run(send);
    frames.last.host.onFailed(broken);
    await expect(waiting).rejects.toMatchObject(broken);
    await expect(session.commands.run(send)).rejects.toMatchObject(broken);
  });

  it('A command never runs in the chat of another visitor', async () => {
    const { session, frames } = await arrangeReady();
    frames.last.host.onReady(silent);
    const running = session.commands.run(send);
    const waiting = session.commands.run(send);
    session.reauthorize();
    await expect(running).rejects.toMatchObject(interrupted);
    await expect(waiting).rejects.toMatchObject(interrupted);
  });

  it('A running command is rejected when its frame is rebuilt, and new options rebuild the frame once more', async () => {
    const { session, frames } = await arrangeReady();
    const configure = vi.fn<ChatApi['configure']>();
    frames.last.host.onReady({ ...silent, configure });
    const running = session.commands.run(send);
    session.recreateFrame();
    await expect(running).rejects.toMatchObject(interrupted);
    session.applyOptions({ upload: false });
    expect([configure.mock.calls, frames.built.length]).toEqual([[], 3]);
  });

  it('A waiting command runs in the next frame of the same visitor', async () => {
    const { session, frames } = await arrangeReady();
    frames.last.host.onReady(silent);
    const running = session.commands.run(send);
    const waiting = session.commands.run(send);
    session.recreateFrame();
    frames.last.host.onReady(controls);
    await expect(running).rejects.toMatchObject(interrupted);
    expect(await waiting).toMatchObject({ text: 'You said: hello' });
  });
});

it('A former frame gets no command that waits for the next one', async () => {
  const { session, frames, settle } = await arrangeReady();
  const former = frames.last.host;
  session.reauthorize();
  const refused = expect(session.commands.run(send)).rejects.toMatchObject(interrupted);
  const sent = vi.fn(controls.send);
  former.onReady({ ...controls, send: sent });
  await settle();
  session.stop();
  await refused;
  expect(sent).not.toHaveBeenCalled();
});

it('A late answer of a former frame does not start a command beside the running one', async () => {
  const { session, frames, settle } = await arrangeReady();
  let answer = (): void => undefined;
  frames.last.host.onReady({
    ...noControls,
    send: (text) => new Promise((resolve) => (answer = () => resolve({ role: 'assistant', text, id: '1' }))),
  });
  const ended = Promise.allSettled([session.commands.run(send), session.commands.run(send), session.commands.run(send)]);
  session.recreateFrame();
  const sent = vi.fn(silent.send);
  frames.last.host.onReady({ ...silent, send: sent });
  answer();
  await settle();
  expect(sent).toHaveBeenCalledOnce();
  session.stop();
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});

it('A chat that a listener restarts at its first state change sends one token request', async () => {
  const arranged = arrangeSession({
    notify: (notification) => {
      if (notification.type === 'state-changed' && notification.state.generation === 1) arranged.session.reauthorize();
      return true;
    },
  });
  arranged.session.start();
  await arranged.settle();
  expect(arranged.endpoint.seen).toHaveLength(1);
});

it('A listener can refuse an event of the chat, and events of a former chat reach no listener', async () => {
  const asked: SessionNotification[] = [];
  const { session, frames } = await arrangeReady({
    notify: (notification) => notification.type !== 'link' || asked.push(notification) > 1,
  });
  const link: ChatEvent = { type: 'link', url: 'https://example.com/' };
  const { host } = frames.last;
  expect([host.onEvent(link), host.onEvent(link), asked]).toEqual([false, true, [link, link]]);
  session.reauthorize();
  expect([host.onEvent(link), asked.length]).toEqual([false, 2]);
});
