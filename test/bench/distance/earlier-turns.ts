/**
 * Adds earlier questions and answers to a visitor's history: the questions are sent to the API directly, as from a page that has been
 * closed since.
 */
import * as z from 'zod';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';

/** The Chat SDK's connector. */
const CONNECTOR_ID = '999';

const listSchema = z.object({ data: z.object({ conversations: z.array(z.object({ id: z.string() })) }) });

/** Adds to the visitor's newest conversation. @param token a token of that visitor */
export async function addEarlierTurns({ origin, botId }: CozeStandIn, token: string, questions: readonly string[]): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const list = await fetch(`${origin}/v1/conversations?${new URLSearchParams({ bot_id: botId, connector_id: CONNECTOR_ID })}`, { headers });
  const [newest] = listSchema.parse(await list.json()).data.conversations;
  if (newest === undefined) throw new Error('The visitor has no conversation to add to.');
  for (const content of questions) {
    const additional_messages = [{ role: 'user', content, content_type: 'text' }];
    const body = JSON.stringify({ bot_id: botId, connector_id: CONNECTOR_ID, user_id: 'alice', stream: true, additional_messages });
    const stream = await fetch(`${origin}/v3/chat?${new URLSearchParams({ conversation_id: newest.id })}`, {
      method: 'POST',
      headers,
      body,
    });
    await stream.text();
  }
}
