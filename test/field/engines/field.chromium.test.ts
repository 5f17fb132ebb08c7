import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';
import { scheme } from './field.js';

// Wheel, printing and morphing are tested in test/field/e2e/ and test/field/browser/morph.test.ts.
inEngine(chromium, { 'Colour scheme': scheme });
