import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';
import { morph, print, scheme, wheel } from './field.js';

inEngine(chromium, { 'the wheel': wheel, paper: print, 'a morph': morph, 'the colour scheme': scheme });
