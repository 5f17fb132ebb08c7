/** Adds earlier messages to a visitor's conversation through the API. */
import * as z from 'zod';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { CozeChatElement } from '../../../src/index.js';
import type { PaneChat } from '../../e2e/support/chat-page.js';

export interface EarlierMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

const CONNECTOR_ID = '999';

const createdSchema = z.object({ data: z.object({ id: z.string() }) });
const tokenSchema = z.object({ access_token: z.string() });

export async function requestToken(chat: PaneChat): Promise<string> {
  const response = await chat.element.evaluate(async (element: CozeChatElement) => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"manual"}' };
    return (await fetch(element.tokenEndpoint, request)).json() as Promise<unknown>;
  });
  return tokenSchema.parse(response).access_token;
}

/** Creates a new conversation, which becomes the visitor's newest. */
export async function seedConversation({ origin, botId }: CozeStandIn, token: string, messages: readonly EarlierMessage[]): Promise<void> {
  const post = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return createdSchema.parse(await response.json()).data.id;
  };
  const conversation = await post('/v1/conversation/create', { bot_id: botId, connector_id: CONNECTOR_ID });
  const path = `/v1/conversation/message/create?${new URLSearchParams({ conversation_id: conversation })}`;
  for (const message of messages) await post(path, { ...message, content_type: 'text' });
}
