import { expect, it } from 'vitest';
import { type ClientPage, createWebChatClient } from '../../../src/webchatclient/client.js';
import { webChatClientMembers } from '../docs/web-chat-client.js';

function arrange() {
  const said: string[] = [];
  const page: ClientPage = {
    document: { baseURI: 'https://shop.example/' } as Document,
    attributes: {},
    endpointBeside: '',
    nonce: '',
    random: () => 0.5,
    warn: (sentence) => said.push(sentence),
    reportError: (error) => {
      throw error;
    },
  };
  return { WebChatClient: createWebChatClient(page), said };
}

it('A client has every member of Coze’s client', () => {
  const { WebChatClient } = arrange();
  const client = new WebChatClient({ config: { bot_id: '1' } });
  const missing = webChatClientMembers.filter((name) => !(name.replace('()', '') in client) && !(name in WebChatClient));
  expect(missing).toEqual([]);
});

it('A client without a source of tokens has no element, warns once for all clients, and its methods do nothing', async () => {
  const { WebChatClient, said } = arrange();
  const clients = [new WebChatClient({ config: { bot_id: '1' } }), new WebChatClient({ config: { bot_id: '1' } })];
  for (const client of clients) {
    client.showChatBot();
    client.hideChatBot();
    client.destroy();
    expect([client.element, await client.getToken()]).toEqual([undefined, '']);
  }
  expect([WebChatClient.clients, said.filter((sentence) => sentence.includes('There is no chat'))]).toEqual([[], [expect.any(String)]]);
  expect(said).toEqual([...new Set(said)]);
});

it('A client that is destroyed leaves the list of clients, and removes no other one when it is destroyed again', () => {
  const { WebChatClient } = arrange();
  const [other, client] = [new WebChatClient({ config: { bot_id: '1' } }), new WebChatClient({ config: { bot_id: '1' } })];
  WebChatClient.clients.push(client, other);
  client.destroy();
  expect(WebChatClient.clients).toEqual([other]);
  client.destroy();
  expect(WebChatClient.clients).toEqual([other]);
});

it('The options of a client are those that were given, except for the token', () => {
  const { WebChatClient } = arrange();
  const options = { config: { bot_id: '1' }, auth: { token: 'pat_secret', connectorId: '9' } };
  expect(new WebChatClient(options).options).toEqual({ config: { bot_id: '1' }, auth: { token: '', connectorId: '9' } });
  expect(options.auth.token).toBe('pat_secret');
});
