import { core } from '../engines/suites/core.js';
import { typing } from '../engines/suites/typing.js';
import { inEngine } from '../engines/support/suite.js';
import { looks } from './looks.js';
import { oldChromium } from './old-chromium.js';

inEngine(oldChromium(103), { Chat: core, 'Text field': typing });
looks(103, ['closed', 'light', 'dark', 'phone', 'arabic']);
