/** Remedies for a stand-in on this machine: advice about Coze's console or the network does not apply to it. */

const COMMAND = '"npx coze-chat-embed stand-in"';

export const STAND_IN_BOTS = `The API is the stand-in on this machine, which has bots of its own: take an id that ${COMMAND} prints at its start as "Published bots".`;

export const IS_STAND_IN_RUNNING = `coze_api_base is on this machine: is ${COMMAND} running, and on that port? It prints its address, and writes it into the config.`;

export const STAND_IN_CREDENTIALS = `The API is the stand-in on this machine: give --config the file that the running ${COMMAND} prints as "Credentials".`;
