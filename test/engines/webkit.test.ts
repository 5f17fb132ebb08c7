import { composing } from './suites/composing.js';
import { conversations } from './suites/conversations.js';
import { core } from './suites/core.js';
import { opening } from './suites/opening.js';
import { tools } from './suites/tools.js';
import { typing } from './suites/typing.js';
import { inEngine } from './support/suite.js';
import { webkit } from './support/webkit.js';

inEngine(webkit, {
  Chat: core,
  'List of conversations': conversations,
  'Opening of a chat': opening,
  'Text field': typing,
  Composer: composing,
  'Tool of the page': tools,
});
