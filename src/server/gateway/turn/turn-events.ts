/** Filters the events of a turn: forwards only the events and the fields that the chat needs. */
import { asNumber } from '../../../core/values/foreign-value.js';
import { parseObject, pickFields } from '../endpoints/known-fields.js';
import { chat, message } from '../endpoints/responses.js';

/** An event as received, or as forwarded. */
export interface TurnEvent {
  readonly event: string;
  readonly data: string;
}

/** The parsed fields of an event, for the record of the turn. */
export interface SeenEvent {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ForwardedEvent extends SeenEvent {
  readonly wire: string;
}

/** Coze Studio's name for the last event. */
const STUDIO_DONE = 'conversation.stream.done';
const CHAT_EVENT = /^conversation\.chat\.(?:created|in_progress|completed|failed|requires_action)$/;
const MESSAGE_EVENT = /^conversation\.(?:message\.(?:delta|completed)|audio\.delta)$/;

/** Returns `undefined` for an event that is not forwarded. `toCozeCode` is the upstream's. */
export function toForwardedEvent({ event, data }: TurnEvent, toCozeCode: (code: number) => number): ForwardedEvent | undefined {
  // The data of this event is a URL of the workflow's editor, or empty.
  if (event === 'done' || event === STUDIO_DONE) return doneEvent();
  const fields = parseObject(data);
  if (event === 'error') return errorEvent(toCozeCode(asNumber((fields as { code?: unknown }).code) || 5000));
  if (CHAT_EVENT.test(event)) return forwarded(event, withCozeCode(pickFields(chat, fields), fields, toCozeCode));
  if (MESSAGE_EVENT.test(event)) return forwarded(event, pickFields(message, fields));
  return undefined;
}

/** The last event of a stream. */
export function doneEvent(): ForwardedEvent {
  return { event: 'done', fields: {}, wire: toWire('done', '"[DONE]"') };
}

/** Omits Coze's message: the chat has sentences of its own for Coze's codes. */
export function errorEvent(code: number): ForwardedEvent {
  return forwarded('error', { code, msg: `The answer ended with code ${code}.` });
}

export function forwarded(event: string, fields: Readonly<Record<string, unknown>>): ForwardedEvent {
  return { event, fields, wire: toWire(event, JSON.stringify(fields)) };
}

function toWire(event: string, data: string): string {
  return `event:${event}\ndata:${data}\n\n`;
}

/** @param raw all fields of the event: of a workflow that fails, Coze sends the code without a chat around it */
function withCozeCode(
  fields: Readonly<Record<string, unknown>>,
  raw: object,
  toCozeCode: (code: number) => number,
): Readonly<Record<string, unknown>> {
  const { code } = (fields['last_error'] ?? raw) as { readonly code?: unknown };
  const failure = asNumber(code) || 0;
  if (failure === 0 && !('last_error' in fields)) return fields;
  // The SDK requires a `msg`.
  return { ...fields, last_error: { code: failure === 0 ? 0 : toCozeCode(failure), msg: '' } };
}
