import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';
import { whoseChat } from './whose-chat.js';

inEngine(chromium, { 'whose chat it is': whoseChat });
