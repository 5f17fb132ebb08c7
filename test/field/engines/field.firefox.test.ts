import { firefox } from '../../engines/support/firefox.js';
import { inEngine } from '../../engines/support/suite.js';
import { morph, print, scheme, wheel } from './field.js';

inEngine(firefox, { Wheel: wheel, Printing: print, Morph: morph, 'Colour scheme': scheme });
