/** Props of the bar below a message, whose code is loaded late. */
import type { ChatMessage, ChatMessageGroup } from '@coze/chat-sdk';
import type { ComponentType } from 'react';

export interface MessageBarProps {
  readonly group: ChatMessageGroup;
  /** The question, or all answers to it. */
  readonly messages: readonly ChatMessage[];
  /** Whether the answer is running. */
  readonly isRunning: boolean;
  /** Whether the bar is always visible, as below the newest answer. */
  readonly isShown: boolean;
}

/** `undefined` until its code is loaded. */
export type LateMessageBar = ComponentType<MessageBarProps> | undefined;
