/** Uses the same random numbers for every mutant, because otherwise the figures would not be reproducible. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_260_101 });
