/** A page that has neither tools nor anything to say to a message. */
import type { PageApi } from '../../src/session/session-controller.js';

export const quietPage: PageApi = {
  prepareMessage: (text) => Promise.resolve({ text, context: {}, hasTools: false }),
  runTools: () => Promise.resolve(undefined),
};
