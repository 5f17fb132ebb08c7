import type { ConfigInput } from '../../../src/config/config.js';

/** The input of an element without a user name, in English. */
export function configInput(changes: Partial<ConfigInput> = {}): ConfigInput {
  return {
    tokenEndpoint: 'https://site.example/token',
    getToken: undefined,
    credentials: 'same-origin',
    botId: '73428668',
    appId: '',
    workflowId: '',
    userId: '',
    userName: '',
    userAvatar: '',
    identityToken: '',
    apiBaseUrl: 'https://api.coze.cn',
    connectorId: '999',
    pictureHosts: '',
    conversationId: '',
    locale: 'en',
    strings: undefined,
    ...changes,
  };
}
