/** Both ends of the gateway in one process: an API that responds at once, and visitors who measure the time. */
import { createServer, type ServerResponse } from 'node:http';
import { listen } from '../../support/loopback.js';

interface Task {
  readonly do: 'ask' | 'hold' | 'let go' | 'repeat';
  readonly url: string;
  readonly token: string;
  readonly times: number;
}

const CREATED = 'event:conversation.chat.created\ndata:{"id":"1","conversation_id":"1","status":"created"}\n\n';
const REST =
  'event:conversation.message.delta\ndata:{"id":"2","type":"answer","content":"word ","content_type":"text"}\n\n'.repeat(20) +
  'event:done\ndata:"[DONE]"\n\n';
const BODY = JSON.stringify({ bot_id: '7400', additional_messages: [{ role: 'user', content: 'hello', content_type: 'text' }] });

const held: ServerResponse[] = [];
let isHolding = false;

const api = createServer((request, response) => {
  if (request.url?.includes('/oauth2/') === true)
    return response.end(JSON.stringify({ access_token: 'czs_of_the_bench', expires_in: 3600 }));
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(CREATED);
  if (isHolding) return held.push(response);
  return response.end(REST);
});

const origin = await listen(api);

async function firstByteMs(base: string, token: string): Promise<number> {
  const startedMs = performance.now();
  const response = await ask(base, token);
  const reader = response.body?.getReader();
  await reader?.read();
  const tookMs = performance.now() - startedMs;
  while ((await reader?.read())?.done === false);
  return tookMs;
}

function ask(base: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${base}/v3/chat?conversation_id=1`, { method: 'POST', headers, body: BODY });
}

process.on('message', (task: Task) => void work(task));
process.send?.({ origin });

const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];

async function work({ do: what, url, token, times }: Task): Promise<void> {
  if (what === 'ask') {
    const direct: number[] = [];
    const through: number[] = [];
    for (let warm = 0; warm < 20; warm += 1) await firstByteMs(url, token);
    // Alternating, so that other load on the machine affects both alike.
    for (let asked = 0; asked < times; asked += 1) {
      direct.push(await firstByteMs(origin, token));
      through.push(await firstByteMs(url, token));
    }
    const sorted = (all: number[]): number[] => all.toSorted((one, other) => one - other);
    process.send?.({ firstByteMs: { direct: sorted(direct), through: sorted(through) } });
  }
  if (what === 'hold') {
    isHolding = true;
    for (let begun = 0; begun < times; begun += 50) {
      await Promise.all(
        Array.from({ length: Math.min(50, times - begun) }, async () => {
          const reader = (await ask(url, token)).body?.getReader();
          if (reader === undefined) return;
          await reader.read();
          readers.push(reader);
        }),
      );
    }
    process.send?.({ open: readers.length });
  }
  if (what === 'repeat') {
    let begun = 0;
    const goOn = async (): Promise<void> => {
      while (begun++ < times) await (await ask(url, token)).text();
    };
    await Promise.all(Array.from({ length: 32 }, goOn));
    process.send?.({ answered: times });
  }
  if (what === 'let go') {
    isHolding = false;
    for (const response of held) response.end(REST);
    await Promise.all(readers.map((reader) => reader.cancel()));
    process.send?.({ closed: true });
  }
}
