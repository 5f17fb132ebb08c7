import { composing } from './suites/composing.js';
import { conversations } from './suites/conversations.js';
import { core } from './suites/core.js';
import { opening } from './suites/opening.js';
import { tools } from './suites/tools.js';
import { typing } from './suites/typing.js';
import { firefox } from './support/firefox.js';
import { inEngine } from './support/suite.js';

inEngine(firefox, {
  Chat: core,
  'List of conversations': conversations,
  'Opening of a chat': opening,
  'Text field': typing,
  Composer: composing,
  'Tool of the page': tools,
});
