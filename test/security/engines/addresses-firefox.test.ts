import { addresses } from '../../engines/suites/addresses.js';
import { firefox } from '../../engines/support/firefox.js';
import { inEngine } from '../../engines/support/suite.js';

inEngine(firefox, { 'Foreign addresses': addresses });
