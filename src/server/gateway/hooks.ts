/** Hooks by which the site observes, refuses or changes messages. */
import { getMember, isObject } from '../../core/values/own-members.js';
import { callHost } from '../identity/call-host.js';
import type { VerifiedUser } from '../identity/identity.js';
import type { TurnOutcome } from '../reporting/operator-event.js';
import { ApiProblem } from './api-problem.js';

/** A message that a visitor is about to send. */
export interface GatewayMessage {
  /** The visitor, as returned by `identify`. */
  readonly user: VerifiedUser;
  /** The visitor's `subject`, as in the token response and the events. */
  readonly subject: string;
  /** Id of the bot, unless it is an app. */
  readonly botId?: string;
  /** Id of the Coze app, if it is one. */
  readonly appId?: string;
  /** Id of the conversation. */
  readonly conversationId: string;
  /**
   * The whole text: the quoted lines after `> `, what the visitor wrote, and values of a shortcut's fields that are not in it. Empty for files without
   * text.
   */
  readonly text: string;
  /** Number of files in the message. */
  readonly files: number;
}

/**
 * `undefined` accepts the message. `refuse` is the sentence that the visitor sees instead of an answer. `text` replaces the whole text, including
 * quote and shortcut.
 */
export type MessageVerdict = { readonly refuse: string } | { readonly text: string } | undefined | void;

/** Called before a message is sent. If it throws or takes longer than 5 s, the message is not sent. */
export type OnMessage = (message: GatewayMessage) => MessageVerdict | Promise<MessageVerdict>;

/** An answer that a visitor has received. */
export interface GatewayReply {
  /** The visitor, as returned by `identify`. */
  readonly user: VerifiedUser;
  /** The visitor's `subject`, as in the token response and the events. */
  readonly subject: string;
  /** Id of the bot, unless it is an app. */
  readonly botId?: string;
  /** Id of the Coze app, if it is one. */
  readonly appId?: string;
  /** Id of the conversation. */
  readonly conversationId: string;
  /** Coze's id of the turn. Empty if the turn did not begin. */
  readonly chatId: string;
  /** The completed answers, with a blank line between them; at most about a million characters. */
  readonly text: string;
  /** How the turn ended. */
  readonly outcome: TurnOutcome;
}

/** Called after a turn. Errors that it throws are ignored. */
export type OnReply = (reply: GatewayReply) => unknown;

/** Calls the site's hook. Its result is validated, because a mistake there must not let a message pass. */
export async function askSite(onMessage: OnMessage | undefined, message: GatewayMessage): Promise<MessageVerdict> {
  if (onMessage === undefined) return undefined;
  try {
    return parseVerdict(await callHost<unknown>(() => onMessage(message)));
  } catch {
    throw new ApiProblem('hook_failed', { detail: 'on_message' });
  }
}

/** Throws for what is no verdict; a member of it may itself be a function of the site that throws. */
function parseVerdict(verdict: unknown): MessageVerdict {
  if (verdict === undefined || verdict === null) return undefined;
  const [refuse, text] = isObject(verdict) ? [getMember(verdict, 'refuse'), getMember(verdict, 'text')] : [];
  if (typeof refuse === 'string' && refuse !== '') return { refuse };
  if (typeof text === 'string' && text !== '' && refuse === undefined) return { text };
  throw new TypeError('Not a verdict');
}

export function tellSite(onReply: OnReply | undefined, reply: GatewayReply): void {
  if (onReply === undefined) return;
  void (async () => onReply(reply))().catch(() => undefined);
}
