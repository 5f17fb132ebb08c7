import { Hono } from 'hono';
import { z } from 'zod';
import { type BotProfile, botToWire } from '../bot/profile.js';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { readQuery } from '../http/request-body.js';
import type { IssuedToken } from '../oauth/tokens.js';
import type { StandInEnv, StandInState } from '../state.js';

const onlineInfoSchema = z.object({ bot_id: z.string().min(1) });

export function botRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .get('/v1/bot/get_online_info', (c) => answer(c, botToWire(requireBot(state, c.get('token'), readQuery(c, onlineInfoSchema).bot_id))))
    .get('/v1/bots/:id', (c) => answer(c, botToWire(requireBot(state, c.get('token'), c.req.param('id')))));
}

/** Throws unless the bot exists, is published, and lies within the token's scope. */
export function requireBot({ catalogue }: StandInState, token: IssuedToken, botId: string): BotProfile {
  if (botId === catalogue.unpublishedBotId) throw apiErrors.botNotPublished(botId);
  const bot = [catalogue.bot, catalogue.secondBot, catalogue.chineseBot].find((one) => one.botId === botId);
  if (bot === undefined) throw apiErrors.notFound(`bot_id=${botId}`);
  if (token.botIds !== undefined && !token.botIds.includes(botId)) throw apiErrors.noPermission(`bot_id=${botId}`);
  return bot;
}
