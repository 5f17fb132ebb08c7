/** Hooks by which the site observes, refuses or changes messages. */
import { getMember, isObject } from '../../core/values/own-members.js';
import { callHost } from '../identity/call-host.js';
import type { VerifiedUser } from '../identity/identity.js';
import type { TurnOutcome } from '../reporting/operator-event.js';
import { ApiProblem } from './api-problem.js';

/** What a visitor is about to send. */
export interface GatewayMessage {
  /** As `identify` has it. */
  readonly user: VerifiedUser;
  /** The visitor as the page and the events know them. */
  readonly subject: string;
  /** Of a bot. */
  readonly botId?: string;
  /** Of a Coze app. */
  readonly appId?: string;
  /** The conversation it goes to. */
  readonly conversationId: string;
  /**
   * All that they send in words: what they quote as lines behind `> `, what they wrote, and what of a shortcut's fields is not in it. Empty for files
   * alone.
   */
  readonly text: string;
  /** How many files go with it. */
  readonly files: number;
}

/**
 * Nothing lets the message pass; `refuse` is what the visitor reads in place of an answer; `text` is sent in place of all of theirs, without quote and
 * shortcut.
 */
export type MessageVerdict = { readonly refuse: string } | { readonly text: string } | undefined | void;

/** Called before a message is sent, within 5 s; when it throws, the message is not sent. */
export type OnMessage = (message: GatewayMessage) => MessageVerdict | Promise<MessageVerdict>;

/** What a visitor was answered. */
export interface GatewayReply {
  /** As `identify` has it. */
  readonly user: VerifiedUser;
  /** The visitor as the page and the events know them. */
  readonly subject: string;
  /** Of a bot. */
  readonly botId?: string;
  /** Of a Coze app. */
  readonly appId?: string;
  /** The conversation it is in. */
  readonly conversationId: string;
  /** Coze's id of the turn; empty if it did not begin. */
  readonly chatId: string;
  /** Of the answers that came to their end, with a blank line between them; at most about a million characters. */
  readonly text: string;
  /** How the turn ended. */
  readonly outcome: TurnOutcome;
}

/** Called after a turn. What it throws is ignored. */
export type OnReply = (reply: GatewayReply) => unknown;

/** Calls the site's hook. Its result is validated, because a mistake there must not let a message pass. */
export async function askSite(onMessage: OnMessage | undefined, message: GatewayMessage): Promise<MessageVerdict> {
  if (onMessage === undefined) return undefined;
  const verdict: unknown = await callHost(() => onMessage(message)).catch(() => {
    throw new ApiProblem('hook_failed', { detail: 'on_message' });
  });
  if (verdict === undefined || verdict === null) return undefined;
  const [refuse, text] = isObject(verdict) ? [getMember(verdict, 'refuse'), getMember(verdict, 'text')] : [];
  if (typeof refuse === 'string' && refuse !== '') return { refuse };
  if (typeof text === 'string' && text !== '' && refuse === undefined) return { text };
  throw new ApiProblem('hook_failed', { detail: 'on_message' });
}

export function tellSite(onReply: OnReply | undefined, reply: GatewayReply): void {
  if (onReply === undefined) return;
  void (async () => onReply(reply))().catch(() => undefined);
}
