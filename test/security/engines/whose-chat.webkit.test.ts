import { inEngine } from '../../engines/support/suite.js';
import { webkit } from '../../engines/support/webkit.js';
import { whoseChat } from './whose-chat.js';

inEngine(webkit, { 'Owner of a chat': whoseChat });
