import type { ChatApi } from '../../src/frame/contract.js';

/** Of a chat the page asks nothing of. */
export const noControls: ChatApi = {
  compose: () => {},
  stop: () => false,
  send: () => Promise.reject(new Error('Nothing is to be sent.')),
  clear: () => Promise.reject(new Error('Nothing is to be cleared.')),
  conversations: () => Promise.reject(new Error('No conversation is asked for.')),
  configure: () => {},
};
