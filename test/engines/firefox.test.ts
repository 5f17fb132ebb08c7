import { ALL_SUITES } from './suites/all.js';
import { firefox } from './support/firefox.js';
import { inEngine } from './support/suite.js';

inEngine(firefox, ALL_SUITES);
