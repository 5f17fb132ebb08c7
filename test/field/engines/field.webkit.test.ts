import { inEngine } from '../../engines/support/suite.js';
import { webkit } from '../../engines/support/webkit.js';
import { morph, print, scheme, wheel } from './field.js';

inEngine(webkit, { 'the wheel': wheel, paper: print, 'a morph': morph, 'the colour scheme': scheme });
