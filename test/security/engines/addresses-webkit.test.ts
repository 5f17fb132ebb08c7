import { addresses } from '../../engines/suites/addresses.js';
import { inEngine } from '../../engines/support/suite.js';
import { webkit } from '../../engines/support/webkit.js';

inEngine(webkit, { 'Foreign addresses': addresses });
