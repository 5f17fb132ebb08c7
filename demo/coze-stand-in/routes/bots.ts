import { Hono } from 'hono';
import { z } from 'zod';
import { botToWire } from '../bot/profile.js';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { readQuery } from '../http/request-body.js';
import type { IssuedToken } from '../oauth/tokens.js';
import type { StandInEnv, StandInState } from '../state.js';

const onlineInfoSchema = z.object({ bot_id: z.string().min(1) });

export function botRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .get('/v1/bot/get_online_info', (c) => {
      requireBot(state, c.get('token'), readQuery(c, onlineInfoSchema).bot_id);
      return answer(c, botToWire(state.bot));
    })
    .get('/v1/bots/:id', (c) => {
      requireBot(state, c.get('token'), c.req.param('id'));
      return answer(c, botToWire(state.bot));
    });
}

/** Throws unless the bot exists, is published, and lies within the token's scope. */
export function requireBot(state: StandInState, token: IssuedToken, botId: string): void {
  if (botId === state.bot.unpublishedBotId) throw apiErrors.botNotPublished(botId);
  if (botId !== state.bot.botId) throw apiErrors.notFound(`bot_id=${botId}`);
  if (token.botIds !== undefined && !token.botIds.includes(botId)) throw apiErrors.noPermission(`bot_id=${botId}`);
}
