/** Filters the content of messages about a bot's steps: keeps what the chat shows. */
import { z } from 'zod';
import { parseObject, pickFields } from './known-fields.js';

const optionalText = z.string().optional().catch(undefined);
/** A bot's call: names and arguments, without the ids of plugins. */
const functionCall = z.object({ name: optionalText, plugin_name: optionalText, api_name: optionalText, arguments: z.unknown() });
const recalled = z.object({
  slice: optionalText,
  meta: z
    .object({
      document: z.object({ name: optionalText }).optional().catch(undefined),
      link: z.object({ title: optionalText, url: optionalText }).optional().catch(undefined),
      card: z.object({ title: optionalText }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const recall = z.object({ chunks: z.array(recalled) });

/** Applies to the messages of streams and of histories. */
export function withoutInternals<T extends { readonly type?: unknown; readonly content?: unknown }>(message: T): T {
  const { type, content } = message;
  if (typeof content !== 'string') return message;
  if (type === 'function_call') return { ...message, content: JSON.stringify(pickFields(functionCall, parseObject(content))) };
  if (type === 'knowledge' || type === 'verbose') return { ...message, content: withoutIds(content) };
  return message;
}

/**
 * Returns the texts of slices unchanged. Of JSON, it keeps the shown fields and the `msg_type`, which says that a turn was interrupted or is
 * complete.
 */
function withoutIds(content: string): string {
  if (!content.trimStart().startsWith('{')) return content;
  const { msg_type: kind, data } = parseObject(content) as { msg_type?: unknown; data?: unknown };
  if (kind !== 'knowledge_recall') return JSON.stringify({ msg_type: typeof kind === 'string' ? kind : '' });
  const chunks = pickFields(recall, typeof data === 'string' ? parseObject(data) : Object(data));
  return JSON.stringify({ msg_type: kind, data: JSON.stringify(chunks) });
}
