import { inEngine } from '../../engines/support/suite.js';
import { webkit } from '../../engines/support/webkit.js';
import { morph, print, scheme, wheel } from './field.js';

inEngine(webkit, { Wheel: wheel, Printing: print, Morph: morph, 'Colour scheme': scheme });
