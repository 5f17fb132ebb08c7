import { core } from '../engines/suites/core.js';
import { inEngine } from '../engines/support/suite.js';
import { looks } from './looks.js';
import { oldChromium } from './old-chromium.js';

inEngine(oldChromium(109), { Chat: core });
looks(109, ['closed', 'light', 'dark', 'phone', 'arabic']);
