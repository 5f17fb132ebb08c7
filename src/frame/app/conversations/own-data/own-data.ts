/** Export and deletion of the visitor's own data. Loaded when they are first needed. */
export { ownDataStrings } from '../../../../locales/own-data-strings.js';
export { conversationFile } from './conversation-file.js';
export { deleteConversations } from './delete-conversations.js';
export { OwnDataEntries } from './own-data-entries.js';
export { MAX_MESSAGES, readHistory } from './read-history.js';
