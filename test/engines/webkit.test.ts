import { ALL_SUITES } from './suites/all.js';
import { inEngine } from './support/suite.js';
import { webkit } from './support/webkit.js';

inEngine(webkit, ALL_SUITES);
