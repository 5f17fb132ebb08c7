import { firefox } from '../../engines/support/firefox.js';
import { inEngine } from '../../engines/support/suite.js';
import { morph, print, scheme, wheel } from './field.js';

inEngine(firefox, { 'the wheel': wheel, paper: print, 'a morph': morph, 'the colour scheme': scheme });
