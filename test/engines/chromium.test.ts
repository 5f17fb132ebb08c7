import { opening } from './suites/opening.js';
import { typing } from './suites/typing.js';
import { chromium } from './support/chromium.js';
import { inEngine } from './support/suite.js';

inEngine(chromium, { 'Opening of a chat': opening, 'Text field': typing });
