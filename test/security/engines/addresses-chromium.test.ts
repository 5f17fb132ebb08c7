import { addresses } from '../../engines/suites/addresses.js';
import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';

inEngine(chromium, { 'addresses from outside': addresses });
