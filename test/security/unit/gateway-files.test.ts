/** Another visitor's file id gives no access, in whatever part of a request to a bot or a workflow it is written. */
import { afterEach, expect, it } from 'vitest';
import { type GatewayWorld, startGatewayWorld } from '../../support/gateway-world.js';

let world: GatewayWorld | undefined;
afterEach(() => world?.stop());

const twice = (value: unknown): string => JSON.stringify(JSON.stringify(value));

it.each<readonly [string, (id: string) => unknown]>([
  ['in plain JSON', (id) => ({ file_id: id })],
  ['in JSON', (id) => JSON.stringify({ file_id: id })],
  ['in JSON in JSON', (id) => twice([{ type: 'file', file_id: id }])],
  ['after white space', (id) => ` \n\t{"file_id":"${id}"}`],
  ['in capitals', (id) => ({ FILE_ID: id })],
  ['with a capital, in JSON', (id) => JSON.stringify([{ type: 'file', File_Id: id }])],
  ['with an escaped letter', (id) => `{"file\\u005fid":"${id}"}`],
  ['as a number', (id) => `{"file_id":${id.split('.')[0] ?? ''}}`],
  ['beside a control character, which some parsers accept', (id) => `{"note":"a\tb","file_id":"${id}"}`],
  ['before a comma too many, which some parsers accept', (id) => `{"file_id":"${id}",}`],
  ['in an escaped name that some parsers accept', (id) => `{"note":"a\nb","\\u0066ile_id":"${id}"}`],
  ['beside another field with the same name in capitals', (id) => `{"file_id":"${id}","FILE_ID":"${id}"}`],
])('A file of another visitor is refused if its id is written %s', async (_, write) => {
  world = await startGatewayWorld();
  const { botId } = world.coze;
  const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
  const sealed = String(((await alice.upload('of no matter')).body.data as { id?: string }).id);
  const conversation = await bob.begin(botId);
  for (const id of [sealed, sealed.split('.')[0] ?? '']) {
    const body = {
      bot_id: botId,
      additional_messages: [{ role: 'user', content: 'hello', content_type: 'text' }],
      parameters: { plan: write(id) as never },
    };
    const response = await bob.fetch('POST', `/v3/chat?conversation_id=${conversation}`, body);
    expect(await response.text()).toMatch(/"code":(?:4304|4000)/);
  }
  expect(world.coze.requests.some(({ path }) => path === '/v3/chat')).toBe(false);
});
