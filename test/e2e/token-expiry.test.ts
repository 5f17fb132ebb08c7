import { expect, test } from 'vitest';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test.each(['http-401', 'code-4101', 'code-4100', 'sse-error'] as const)(
  'Tokens that live 4 s have no visible effect over 25 s of chatting, with the API answering expiry as %s',
  async (expiredOnChat) => {
    world.coze.setFaults({ maxTokenLifeSeconds: 4, expiredOnChat });
    const page = await world.open({ signedIn: { left: 'alice' }, context: await world.newContextWithClock() });
    const chat = page.chat();
    for (const count of [1, 2, 3, 4, 5]) {
      await chat.ask(`message ${count}`);
      await world.passTime(page, 5_000);
    }
    const text = await chat.text();
    for (const count of [1, 2, 3, 4, 5]) expect(text).toContain(`You said: message ${count}`);
    expect(text).not.toMatch(/personal access token|Not sent/i);
    expect(world.coze.requests.filter((request) => request.token === 'expired')).toEqual([]);
  },
);
