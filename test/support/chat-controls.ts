import type { ChatApi } from '../../src/frame/contract.js';

/** The ChatApi of a chat that gets no commands. */
export const noControls: ChatApi = {
  compose: () => {},
  stop: () => false,
  send: () => Promise.reject(new Error('Nothing is to be sent.')),
  clear: () => Promise.reject(new Error('Nothing is to be cleared.')),
  conversations: () => Promise.reject(new Error('No conversation is asked for.')),
  configure: () => {},
};
