import { firefox } from '../../engines/support/firefox.js';
import { inEngine } from '../../engines/support/suite.js';
import { whoseChat } from './whose-chat.js';

inEngine(firefox, { 'Owner of a chat': whoseChat });
