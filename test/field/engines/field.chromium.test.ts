import { chromium } from '../../engines/support/chromium.js';
import { inEngine } from '../../engines/support/suite.js';
import { scheme } from './field.js';

// The wheel, paper and a morph: test/field/e2e/, test/field/browser/morph.test.ts.
inEngine(chromium, { 'the colour scheme': scheme });
