import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { readJson } from '../http/request-body.js';
import type { StandInEnv, StandInState } from '../state.js';
import type { Message } from '../store/message.js';

const feedbackSchema = z.object({
  feedback_type: z.enum(['like', 'unlike']),
  reason_types: z.array(z.string().max(30)).max(10).default([]),
  comment: z.string().max(250).default(''),
});

/** Messages from before 2025-07-11 (Beijing time) accept no feedback. */
const FIRST_SECONDS = Date.UTC(2025, 6, 10, 16) / 1_000;

/** No route returns feedback: in production only the bot's owner sees it, in the console. */
export function feedbackRoutes(state: StandInState): Hono<StandInEnv> {
  const find = (c: Context<StandInEnv>): Message => {
    const conversation = state.conversations.get(c.get('token').identity, c.req.param('id') ?? '');
    const message = conversation.messages.find(({ id }) => id === c.req.param('message'));
    if (message === undefined) throw apiErrors.invalidMessage();
    return message;
  };
  return new Hono<StandInEnv>()
    .post('/v1/conversations/:id/messages/:message/feedback', async (c) => {
      const message = find(c);
      const feedback = await readJson(c, feedbackSchema);
      if (!takesFeedback(message)) throw apiErrors.badParameter('the message takes no feedback');
      c.get('record').requestText = JSON.stringify(feedback);
      state.feedback.set(message.id, feedback);
      return answer(c, undefined);
    })
    .delete('/v1/conversations/:id/messages/:message/feedback', (c) => {
      state.feedback.delete(find(c).id);
      return answer(c, undefined);
    });
}

/** Only text answers that a chat has produced accept feedback. */
function takesFeedback({ type, contentType, chatId, createdAtSeconds }: Message): boolean {
  return type === 'answer' && contentType === 'text' && chatId !== '' && createdAtSeconds >= FIRST_SECONDS;
}
