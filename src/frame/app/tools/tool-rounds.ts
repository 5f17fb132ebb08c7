/**
 * Runs the tools for which a turn waits in the page, submits their outputs to Coze, and continues the same answer. Started only by the
 * API's event for this turn, never by a bot's text.
 */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { Timers } from '../../../core/clock.js';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { HostApi, RequiredAction, ToolOutput, ToolTurn } from '../../contract.js';
import { isPermissionMissing, toPermissionProblem } from '../errors/problem.js';
import { toKnownEvents } from '../service/api-messages.js';
import { DONE_EVENT, getFailureCode, isTokenRejection } from '../service/turn/turn-events.js';
import type { WaitingTurn } from '../service/turn/waiting-turn.js';
import { toRequiredAction, wantsFunctions } from './required-action.js';
import { ToolPrompt } from './tool-prompt.js';

export interface ToolRoundsOptions {
  readonly host: Pick<HostApi, 'mayStillSend' | 'runTools' | 'onEvent'>;
  readonly strings: ChatStrings;
  readonly document: Document;
  readonly timers: Timers;
}

/** Limit in one turn. A bot that requires more gets an error once. */
const MAX_ROUNDS = 8;
/** A tool that is faster is not shown. */
const QUIET_MS = 1_000;
/** Shorter than the silence after which a turn counts as dead. */
const HEARTBEAT_MS = 30_000;
/** Longest wait for Coze to take the error outputs of an abandoned turn; without them the conversation might stay busy. */
const CLOSING_LIMIT_MS = 5_000;

const NOT_WAITING = 'The visitor does not wait for it any more.';

const interruptedEvent: StreamChatData = { event: ChatEventType.ERROR, data: { code: -1, msg: '' } };

export async function* continueTurn(
  required: StreamChatData,
  turn: WaitingTurn,
  options: ToolRoundsOptions,
): AsyncGenerator<StreamChatData> {
  let event: StreamChatData | undefined = required;
  for (let round = 1; event?.event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION; round += 1) {
    const action = toRequiredAction(event.data);
    const isOver = round > MAX_ROUNDS;
    const outputs: readonly ToolOutput[] | undefined = isOver
      ? toErrorOutputs(action, 'No more tools are run for this answer.')
      : await runRound(event, action, turn, options);
    if (turn.connection.readingSignal.aborted) return;
    if (outputs === undefined) {
      yield event;
      return yield DONE_EVENT;
    }
    if (round > MAX_ROUNDS + 1) return yield interruptedEvent;
    // The page prevented the default, and its backend submits the outputs.
    if (outputs.length === 0) return yield DONE_EVENT;
    event = undefined;
    for await (const next of submit(turn, outputs, turn.connection.signal, options.host)) {
      // The turn has begun already, and its question has been reported.
      if (next.event === ChatEventType.CONVERSATION_CHAT_CREATED) continue;
      if (next.event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION) {
        event = next;
        break;
      }
      yield next;
    }
  }
}

/** `undefined`: the page has no tools, the action is no function call, or the turn was stopped. */
async function runRound(
  event: StreamChatData,
  action: RequiredAction,
  turn: WaitingTurn,
  { host, strings, document, timers }: ToolRoundsOptions,
): Promise<readonly ToolOutput[] | undefined> {
  if (!wantsFunctions(event)) return undefined;
  const { connection } = turn;
  const roundAbort = new AbortController();
  const prompt = new ToolPrompt(strings, document);
  let cancelNotice = (): void => undefined;
  const clear = (): void => {
    cancelNotice();
    prompt.clear();
  };
  const toolTurn: ToolTurn = {
    signal: roundAbort.signal,
    confirm: (question) =>
      new Promise((resolve) => {
        clear();
        const onAnswer = (isWanted: boolean): void => {
          clear();
          resolve(isWanted);
        };
        if (!roundAbort.signal.aborted) prompt.ask(question, onAnswer);
      }),
    onRun: (name) => {
      clear();
      cancelNotice = timers.set(() => prompt.showRunning(name.replaceAll(/[_-]+/g, ' ')), QUIET_MS);
    },
  };
  const stopHeartbeat = startHeartbeat(() => connection.reportBytes(), timers);
  return new Promise((resolve) => {
    const leave = (): void => {
      roundAbort.abort();
      turn.holdCancel(closeAbandonedTurn(turn, action, host, timers));
      finish(undefined);
    };
    const close = (): void => {
      if (host.mayStillSend()) submitAtOnce(turn, toErrorOutputs(action, NOT_WAITING), document);
    };
    const finish = (outputs: readonly ToolOutput[] | undefined): void => {
      connection.readingSignal.removeEventListener('abort', leave);
      document.defaultView?.removeEventListener('pagehide', close);
      stopHeartbeat();
      cancelNotice();
      prompt.remove();
      resolve(outputs);
    };
    if (connection.readingSignal.aborted) return leave();
    connection.readingSignal.addEventListener('abort', leave);
    document.defaultView?.addEventListener('pagehide', close);
    void host.runTools(action, toolTurn).then(finish);
  });
}

function toSubmission({ conversationId, chatId }: WaitingTurn, outputs: readonly ToolOutput[]): readonly [path: string, body: object] {
  return [
    `/v3/chat/submit_tool_outputs?${new URLSearchParams({ conversation_id: conversationId, chat_id: chatId })}`,
    { tool_outputs: outputs.map(({ id, output }) => ({ tool_call_id: id, output })), stream: true },
  ];
}

/** Submits the outputs; repeats that once with another token if the first was rejected. */
async function* submit(
  turn: WaitingTurn,
  outputs: readonly ToolOutput[],
  signal: AbortSignal,
  host: Pick<HostApi, 'onEvent'>,
): AsyncGenerator<StreamChatData> {
  const { client, requestOptions, renewToken } = turn;
  const [path, body] = toSubmission(turn, outputs);
  let isRenewed = false;
  for (;;) {
    const events = toKnownEvents(post(client, path, body, { ...requestOptions, signal }));
    const first = await events.next();
    if (first.done === true) return;
    if (!isRenewed && isTokenRejection(first.value) && (await renewToken())) {
      isRenewed = true;
      continue;
    }
    const code = getFailureCode(first.value);
    if (code !== undefined && isPermissionMissing(code)) {
      host.onEvent({ type: 'feature-failed', problem: toPermissionProblem('submitToolChat', code) });
    }
    yield first.value;
    return yield* events;
  }
}

/** Parses the events that `@coze/api` returns; `../service/turn/event-stream.ts` has normalised them. */
async function* post(
  client: WaitingTurn['client'],
  path: string,
  body: object,
  options: WaitingTurn['requestOptions'],
): AsyncGenerator<StreamChatData> {
  const events = await client.post<object, AsyncIterable<{ readonly event: string; readonly data: string }>>(path, body, true, options);
  for await (const { event, data } of events) yield { event, data: event === 'done' ? data : JSON.parse(data) } as StreamChatData;
}

/**
 * Submits the outputs while the document goes away, because the visitor leaves the page or the page removes the chat. Coze would otherwise
 * wait for them, and might reject the next question of the conversation as long as it does. Nothing asynchronous runs any more, so that neither
 * the token can be renewed nor the response be read. Not called after a sign-out or for a former visitor: nothing is sent for them any more.
 * The options are those of `privateRequest()`, whose import would cost every chat some bytes.
 */
function submitAtOnce(turn: WaitingTurn, outputs: readonly ToolOutput[], document: Document): void {
  const { baseURL, token, axiosOptions } = turn.client;
  const [path, body] = toSubmission(turn, outputs);
  // The names and values of `chatOptions.requestHeaders`.
  const headers = {
    ...(axiosOptions?.headers as Record<string, string>),
    authorization: `Bearer ${token as string}`,
    'content-type': 'application/json',
  };
  void document.defaultView
    ?.fetch(baseURL + path, {
      method: 'POST',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      headers,
      body: JSON.stringify(body),
      keepalive: true,
    })
    .catch(() => undefined);
}

/** Submits an error for every call of an abandoned turn. Resolves when Coze has taken it, or after a time limit. Never rejects. */
async function closeAbandonedTurn(
  turn: WaitingTurn,
  action: RequiredAction,
  host: Pick<HostApi, 'onEvent'>,
  timers: Timers,
): Promise<void> {
  const limit = new AbortController();
  const cancelLimit = timers.set(() => limit.abort(), CLOSING_LIMIT_MS);
  const events = submit(turn, toErrorOutputs(action, NOT_WAITING), limit.signal, host);
  await events.next().catch(() => undefined);
  cancelLimit();
  limit.abort();
}

function toErrorOutputs({ toolCalls }: RequiredAction, error: string): readonly ToolOutput[] {
  return toolCalls.map(({ id }) => ({ id, output: JSON.stringify({ error }) }));
}

function startHeartbeat(onBeat: () => void, timers: Timers): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = timers.set(() => {
      onBeat();
      next();
    }, HEARTBEAT_MS);
  };
  next();
  return () => cancel();
}
