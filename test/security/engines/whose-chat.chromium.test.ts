import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';
import { whoseChat } from './whose-chat.js';

inEngine(chromium, { 'Owner of a chat': whoseChat });
