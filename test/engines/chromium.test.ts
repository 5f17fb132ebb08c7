import { inEngine } from './support/suite.js';
import { chromium } from './support/chromium.js';
import { opening } from './suites/opening.js';
import { typing } from './suites/typing.js';

inEngine(chromium, { 'a chat that is opened': opening, 'the text field': typing });
