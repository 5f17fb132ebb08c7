/** What is drawn by chance is drawn the same for every mutant, or a figure could not be had twice. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_260_101 });
