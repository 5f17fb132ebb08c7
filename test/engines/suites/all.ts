import type { Suite } from '../support/suite.js';
import { composing } from './composing.js';
import { conversations } from './conversations.js';
import { core } from './core.js';
import { opening } from './opening.js';
import { tools } from './tools.js';
import { typing } from './typing.js';

/** All suites, by subject, for engines that no other suite of `npm test` uses. */
export const ALL_SUITES: Readonly<Record<string, Suite>> = {
  Chat: core,
  'List of conversations': conversations,
  'Opening of a chat': opening,
  'Text field': typing,
  Composer: composing,
  'Tool of the page': tools,
};
