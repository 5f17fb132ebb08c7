/** Props of the lines about a bot's steps and sources, whose code is loaded late. */
import type { ChatMessage } from '@coze/chat-sdk';

export interface ProcessProps {
  /** All messages of the turn. */
  readonly messages: readonly ChatMessage[];
  readonly isRunning: boolean;
  /** `above`: the steps, over the answer; `below`: its sources. */
  readonly place: 'above' | 'below';
}

/** `tool_output`: the name of a tool's response in some of the API's documents. */
const STEP_TYPES: ReadonlySet<string> = new Set(['function_call', 'tool_response', 'tool_output', 'knowledge']);

export function hasSteps(messages: readonly ChatMessage[]): boolean {
  return messages.some(
    ({ type, content, reasoning_content: thoughts }) =>
      STEP_TYPES.has(type) || (type === 'answer' && Boolean(thoughts)) || (type === 'verbose' && content.includes('knowledge_recall')),
  );
}
