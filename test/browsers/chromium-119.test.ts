import { core } from '../engines/suites/core.js';
import { inEngine } from '../engines/support/suite.js';
import { looks } from './looks.js';
import { oldChromium } from './old-chromium.js';

inEngine(oldChromium(119), { Chat: core });
looks(119, ['closed', 'light', 'dark', 'phone', 'arabic']);
