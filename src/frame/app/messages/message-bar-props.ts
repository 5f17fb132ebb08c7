/** What the bar below a message is given, which comes late. */
import type { ChatMessage, ChatMessageGroup } from '@coze/chat-sdk';
import type { ComponentType } from 'react';

export interface MessageBarProps {
  readonly group: ChatMessageGroup;
  /** The question, or all answers to it. */
  readonly messages: readonly ChatMessage[];
  /** The answer is on its way. */
  readonly isRunning: boolean;
  /** Without being asked for: below the newest answer. */
  readonly isShown: boolean;
}

/** `undefined` until it is there. */
export type LateMessageBar = ComponentType<MessageBarProps> | undefined;
