/** Forwards a question and its answer: asks the site's hook first, streams the events, and reports the outcome to the operator. */
import type { Timers } from '../../core/clock.js';
import { type OperatorEvent, toSubjectPrefix, type TurnOutcome } from '../reporting/operator-event.js';
import { ApiProblem } from './api-problem.js';
import { describeMessage, withText } from './call-scope.js';
import type { CallTime } from './call-time.js';
import type { ApiCall } from './endpoints/endpoint.js';
import { askSite, type GatewayMessage, type OnMessage, type OnReply, tellSite } from './hooks.js';
import { toAnswerEvents } from './turn/site-answer.js';
import { TurnRecord } from './turn/turn-record.js';
import { createTurnStream } from './turn/turn-stream.js';
import type { Upstream, UpstreamResponse } from './upstream/upstream.js';
import type { GatewayVisitor } from './visitor.js';

export interface TurnServices {
  readonly upstream: Upstream;
  readonly onMessage?: OnMessage | undefined;
  readonly onReply?: OnReply | undefined;
  readonly report: (event: OperatorEvent) => void;
  readonly maxAnswerBytes: number;
  readonly maxAnswerSeconds: number;
  readonly timers: Timers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface TurnCall {
  readonly call: ApiCall;
  readonly visitor: GatewayVisitor;
  readonly requestId: string;
  readonly time: CallTime;
  readonly disconnected: AbortSignal;
  /** Sends the call, with the text that the site's hook may have changed. */
  readonly send: (call: ApiCall) => Promise<UpstreamResponse>;
}

export type TurnResponse =
  { readonly body: ReadableStream<Uint8Array> | string } | { readonly response: UpstreamResponse & { kind: 'json' } };

/** Throws an `ApiProblem`. `onEnd` is called once, unless this throws. */
export async function forwardTurn(services: TurnServices, turn: TurnCall, onEnd: () => void): Promise<TurnResponse> {
  const { onMessage, onReply, report, now, randomBytes, timers, upstream } = services;
  const { call, visitor, requestId, time, disconnected } = turn;
  const about = toTurnScope(call, visitor);
  const message: GatewayMessage = { ...about, ...describeMessage(call.body) };
  const record = new TurnRecord(now, onReply !== undefined, String(call.query['chat_id'] ?? ''));

  function end(outcome: TurnOutcome): void {
    time.end();
    onEnd();
    const lengths = { questionCharacters: message.text.length, files: message.files };
    report({ type: 'turn_ended', requestId, subject: toSubjectPrefix(visitor.subject), outcome, ...lengths, ...record.figures });
    tellSite(onReply, { ...about, chatId: record.chatId, text: record.text, outcome });
  }

  // Tool results are not written by the visitor.
  const isMessage = call.query['chat_id'] === undefined;
  const verdict = isMessage ? await askSite(onMessage, message) : undefined;
  if (verdict !== undefined && 'refuse' in verdict) {
    const { botId, conversationId } = about;
    const body = toAnswerEvents({ text: verdict.refuse, conversationId, botId, nowSeconds: Math.floor(now() / 1000), randomBytes });
    end('refused');
    return { body };
  }

  const response = await turn.send(verdict === undefined ? call : { ...call, body: withText(call.body, verdict.text) });
  if (response.kind === 'json') {
    end('failed');
    return { response };
  }
  time.clearTimeLimit();
  const body = createTurnStream({
    body: response.body,
    cut: () => time.stop(new ApiProblem('client_disconnected')),
    disconnected,
    toCozeCode: upstream.toCozeCode,
    maxBytes: services.maxAnswerBytes,
    maxMs: services.maxAnswerSeconds * 1000,
    timers,
    onEvent: (event) => record.note(event),
    onEnd: end,
  });
  return { body };
}

/** Whose turn it is, with which bot or app, and in which conversation. */
type TurnScope = Omit<GatewayMessage, 'text' | 'files'>;

function toTurnScope({ body, query }: ApiCall, { user, subject }: GatewayVisitor): TurnScope {
  const { bot_id: botId, app_id: appId } = body;
  return {
    user,
    subject,
    ...(botId !== undefined && { botId: String(botId) }),
    ...(appId !== undefined && { appId: String(appId) }),
    conversationId: String(query['conversation_id'] ?? body['conversation_id'] ?? ''),
  };
}
