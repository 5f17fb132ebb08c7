/** What the lines about an answer's way are given, which come late. */
import type { ChatMessage } from '@coze/chat-sdk';

export interface ProcessProps {
  /** All that came in the turn. */
  readonly messages: readonly ChatMessage[];
  readonly isRunning: boolean;
  /** The steps stand above the answer, its sources below. */
  readonly place: 'above' | 'below';
}

/** Some documents of the API call a tool's response its output. */
const STEP_TYPES: ReadonlySet<string> = new Set(['function_call', 'tool_response', 'tool_output', 'knowledge']);

export function hasSteps(messages: readonly ChatMessage[]): boolean {
  return messages.some(
    ({ type, content, reasoning_content: thoughts }) =>
      STEP_TYPES.has(type) || (type === 'answer' && Boolean(thoughts)) || (type === 'verbose' && content.includes('knowledge_recall')),
  );
}
