/** A page without tools and without a context. */
import type { PageApi } from '../../src/session/session-controller.js';

export const quietPage: PageApi = {
  prepareMessage: (text) => Promise.resolve({ text, context: {}, hasTools: false }),
  runTools: () => Promise.resolve(undefined),
};
