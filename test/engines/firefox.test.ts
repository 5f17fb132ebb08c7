import { composing } from './suites/composing.js';
import { conversations } from './suites/conversations.js';
import { core } from './suites/core.js';
import { opening } from './suites/opening.js';
import { tools } from './suites/tools.js';
import { typing } from './suites/typing.js';
import { firefox } from './support/firefox.js';
import { inEngine } from './support/suite.js';

inEngine(firefox, {
  'the chat': core,
  'the list of conversations': conversations,
  'a chat that is opened': opening,
  'the text field': typing,
  'the composer': composing,
  'a tool of the page': tools,
});
