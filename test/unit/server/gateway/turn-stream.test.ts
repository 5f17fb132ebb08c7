/** The events of a turn in transit: forwarded as they arrive, no faster than they are read, and ended in any case. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect as connectHttp2, constants, createServer as createHttp2Server } from 'node:http2';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createTurnStream } from '../../../../src/server/gateway/turn/turn-stream.js';
import { createCozeGateway, type NodeResponse, type TurnOutcome } from '../../../../src/server/index.js';
import { GATEWAY_SECRET, GatewayClient, serveGateway } from '../../../support/gateway-world.js';
import { close, listen } from '../../../support/loopback.js';
import { VirtualTime } from '../../../support/virtual-time.js';
import { quickApp } from '../arrange.js';

const CREATED = 'event:conversation.chat.created\ndata:{"id":"1","conversation_id":"2","status":"created"}\n\n';
const DELTA =
  'event:conversation.message.delta\ndata:{"id":"3","role":"assistant","type":"answer","content":"x","content_type":"text"}\n\n';
const DONE = 'event:done\ndata:"[DONE]"\n\n';
const BROKEN = 'event:error\ndata:{"code":5000,"msg":"The answer ended with code 5000."}\n\n';
const KEEP_ALIVE = ':\n\n';

function arrange({ maxBytes = 1_000_000, maxMs = 600_000, isGone = false } = {}) {
  const time = new VirtualTime();
  const outcomes: TurnOutcome[] = [];
  const visitor = new AbortController();
  if (isGone) visitor.abort();
  let cuts = 0;
  let upstream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let pulls = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start: (controller) => void (upstream = controller),
    pull: () => void (pulls += 1),
  };
  const body = createTurnStream({
    body: new ReadableStream(source, { highWaterMark: 0 }),
    cut: () => void (cuts += 1),
    disconnected: visitor.signal,
    toCozeCode: (code) => code,
    ...{ maxBytes, maxMs, timers: time.timers, onEvent: () => undefined, onEnd: (outcome: TurnOutcome) => void outcomes.push(outcome) },
  });
  const reader = body.getReader();
  return {
    time,
    outcomes,
    visitor,
    reader,
    cuts: () => cuts,
    pulls: () => pulls,
    write: (text: string) => upstream?.enqueue(new TextEncoder().encode(text)),
    end: () => upstream?.close(),
    break: () => upstream?.error(new Error('secret of the connection')),
    read: async () => new TextDecoder().decode((await reader.read()).value),
  };
}

describe('Stream of a turn', () => {
  it('Each event is forwarded when it is complete, and the stream ends with Coze’s last event', async () => {
    const turn = arrange();
    turn.write(CREATED.slice(0, 20));
    const first = turn.read();
    turn.write(CREATED.slice(20) + DELTA.slice(0, 9));
    expect(await first).toBe(CREATED);
    turn.write(DELTA.slice(9));
    expect(await turn.read()).toBe(DELTA);
    turn.write(DONE);
    expect(await turn.read()).toBe(DONE);
    expect((await turn.reader.read()).done).toBe(true);
    expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([['completed'], 1, 0]);
  });

  it('The stream reads from Coze only when the visitor reads', async () => {
    const turn = arrange();
    await Promise.resolve();
    expect(turn.pulls()).toBe(0);
    const reading = turn.read();
    turn.write(DELTA);
    await reading;
    expect(turn.pulls()).toBe(1);
  });

  it('A turn that is silent from its beginning gets keep-alives, and ends with an error after three minutes', async () => {
    const turn = arrange();
    for (let quarter = 1; quarter <= 11; quarter += 1) {
      const reading = turn.read();
      await turn.time.advance(15_000);
      expect(await reading).toBe(KEEP_ALIVE);
    }
    const last = turn.read();
    await turn.time.advance(15_000);
    expect(await last).toBe(BROKEN);
    expect([turn.outcomes, turn.cuts()]).toEqual([['interrupted'], 1]);
  });

  it('A turn whose answer has begun ends with an error after a minute of silence', async () => {
    const turn = arrange();
    turn.write(DELTA);
    await turn.read();
    for (let quarter = 1; quarter <= 3; quarter += 1) {
      const reading = turn.read();
      await turn.time.advance(15_000);
      expect(await reading).toBe(KEEP_ALIVE);
    }
    const last = turn.read();
    await turn.time.advance(15_000);
    expect(await last).toBe(BROKEN);
  });

  it.each([
    ['breaks off', (turn: ReturnType<typeof arrange>) => turn.break(), 'interrupted'],
    ['ends without a final event', (turn: ReturnType<typeof arrange>) => turn.end(), 'interrupted'],
    ['becomes too long', (turn: ReturnType<typeof arrange>) => turn.write(DELTA.repeat(60)), 'limited'],
    ['has an endless line', (turn: ReturnType<typeof arrange>) => turn.write('x'.repeat(3_000_000)), 'limited'],
  ] as const)('A turn that %s ends with an error that can be retried', async (_, happen, outcome) => {
    const turn = arrange({ maxBytes: 5000 });
    turn.write(CREATED);
    expect(await turn.read()).toBe(CREATED);
    happen(turn);
    expect(await turn.read()).toBe(BROKEN);
    expect((await turn.reader.read()).done).toBe(true);
    expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([[outcome], 1, 0]);
  });

  it('A turn ends at its time limit, also if the visitor does not read', async () => {
    const turn = arrange({ maxMs: 10_000 });
    await turn.time.advance(10_000);
    expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([['limited'], 1, 0]);
    expect(await turn.read()).toBe(BROKEN);
    expect((await turn.reader.read()).done).toBe(true);
  });

  it.each([false, true])('A turn stops when the visitor disconnects, also if the stream is not being read: %j', async (isUnread) => {
    const turn = arrange();
    const reading = isUnread ? undefined : turn.reader.read();
    turn.visitor.abort();
    expect([turn.outcomes, turn.cuts()]).toEqual([['stopped'], 1]);
    expect((await (reading ?? turn.reader.read())).done).toBe(true);
    expect(turn.time.timerCount).toBe(0);
  });

  it('A turn stops at once when the visitor has disconnected before it begins', () => {
    const turn = arrange({ isGone: true });
    expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([['stopped'], 1, 0]);
  });

  it('An error event of Coze ends the turn, and only its code is forwarded', async () => {
    const turn = arrange();
    turn.write('event:error\ndata:{"code":4027,"msg":"internal secret"}\n\n');
    expect(await turn.read()).toBe('event:error\ndata:{"code":4027,"msg":"The answer ended with code 4027."}\n\n');
    expect(turn.outcomes).toEqual(['failed']);
  });

  it.each([
    ['completed', 'chat.completed', '{"id":"1","status":"completed"}'],
    ['completed', 'chat.requires_action', '{"id":"1","status":"requires_action"}'],
    ['failed', 'chat.failed', '{"id":"1","last_error":{"code":5000,"msg":""}}'],
  ] as const)('The outcome is %s after conversation.%s, however the stream ends', async (outcome, event, data) => {
    const ends = [
      (turn: ReturnType<typeof arrange>) => turn.end(),
      (turn: ReturnType<typeof arrange>) => turn.break(),
      (turn: ReturnType<typeof arrange>) => turn.write(DONE),
      (turn: ReturnType<typeof arrange>) => turn.visitor.abort(),
    ];
    for (const end of ends) {
      const turn = arrange();
      const last = `event:conversation.${event}\ndata:${data}\n\n`;
      turn.write(CREATED + last);
      expect(await turn.read()).toBe(CREATED + last);
      end(turn);
      expect(await turn.read()).not.toContain('event:error');
      await turn.reader.cancel();
      expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([[outcome], 1, 0]);
    }
  });

  it.each([
    ['"720702204"', 720702204],
    ['701231', 701231],
  ])('A failure whose code %s is not in a chat is forwarded with its code', async (code, forwarded) => {
    const turn = arrange();
    turn.write(`event: conversation.chat.failed\ndata: {"code":${code},"msg":"会话名不存在"}\n\n`);
    expect(await turn.read()).toBe(`event:conversation.chat.failed\ndata:{"last_error":{"code":${forwarded},"msg":""}}\n\n`);
  });

  it('A turn is cut off at Coze when the visitor cancels the stream', async () => {
    const turn = arrange();
    turn.write(CREATED);
    await turn.read();
    await turn.reader.cancel();
    expect([turn.outcomes, turn.cuts(), turn.time.timerCount]).toEqual([['stopped'], 1, 0]);
  });

  it('The stream omits debug events, and internal fields of plugins, knowledge and usage', async () => {
    const turn = arrange();
    const call = { name: 'ts-shop-cart', plugin_id: 737, api_id: 738, plugin_name: 'shop', plugin_type: 6, arguments: { a: 1 } };
    const chunk = { slice: 'text', score: 0.7, meta: { dataset: { id: 'INTERNAL' }, document: { id: 'INTERNAL', name: 'Prices' } } };
    const recall = { msg_type: 'knowledge_recall', data: JSON.stringify({ ori_req: 'INTERNAL', chunks: [chunk] }) };
    const event = (type: string, content: object) =>
      `event:conversation.message.completed\ndata:${JSON.stringify({ id: '1', type, content: JSON.stringify(content), content_type: 'text', meta_data: { bot: 'INTERNAL' } })}\n\n`;
    turn.write(event('function_call', call) + 'event:debug\ndata:{"prompt":"INTERNAL"}\n\n' + event('verbose', recall));
    turn.write('event: conversation.chat.completed\r\ndata: {"id":"1","usage":{"token_count":5},"execute_id":"INTERNAL"}\r\n\r\n');
    turn.write('event: done\ndata: {"debug_url":"https://www.coze.cn/INTERNAL"}\n\n');
    let all = '';
    for (let read = await turn.reader.read(); !read.done; read = await turn.reader.read()) all += new TextDecoder().decode(read.value);
    expect(all).not.toMatch(/INTERNAL|737|738|usage/);
    expect(all).toContain('\\"plugin_name\\":\\"shop\\"');
    expect(all).toContain('Prices');
  });
});

/** An API whose responses the test writes, with everything it sees of its clients. */
async function startApi(answer: (response: ServerResponse) => void) {
  const seen = { opened: 0, closed: 0 };
  const server = createServer((request, response) => {
    if (request.url?.includes('/oauth2/')) return response.end(JSON.stringify({ access_token: 'czs_some_token', expires_in: 3600 }));
    response.on('close', () => void (seen.closed += response.writableFinished ? 0 : 1));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(CREATED);
    seen.opened += 1;
    answer(response);
  });
  return { seen, server, origin: await listen(server) };
}

function optionsFor(origin: string, answersAtOnce = 1) {
  const options = { oauth: { ...quickApp, apiBaseUrl: origin }, bots: ['7400'], secret: GATEWAY_SECRET, identify: () => ({ id: 'alice' }) };
  return { ...options, rateLimit: false, limits: { messagesPerVisitor: false, answersAtOnce }, onEvent: () => undefined } as const;
}

/** The bytes of a question, as they are on the wire. */
function chatRequest(host: string, token: string): string {
  const body = JSON.stringify({ bot_id: '7400', additional_messages: [{ role: 'user', content: 'x', content_type: 'text' }] });
  const head = `host: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  return `POST /coze/v3/chat?conversation_id=1 HTTP/1.1\r\n${head}\r\n\r\n${body}`;
}

const startBefore = (origin: string, answersAtOnce = 1) => serveGateway(optionsFor(origin, answersAtOnce));

describe('Stream of a turn on a real port', () => {
  it('A visitor who disconnects ends the request to Coze, and may ask again', async () => {
    const api = await startApi(() => undefined);
    const gateway = await startBefore(api.origin);
    const alice = await GatewayClient.signIn(gateway.url, 'alice');
    const going = new AbortController();
    const response = await alice.chat('7400', '1', 'hello', { signal: going.signal });
    await response.body?.getReader().read();
    expect((await (await alice.chat('7400', '1', 'at once')).json()) as object).toMatchObject({ code: 4020 });
    going.abort();
    await expect.poll(() => api.seen.closed).toBe(1);
    await expect.poll(async () => (await alice.chat('7400', '1', 'again', { signal: AbortSignal.timeout(2000) })).status).toBe(200);
    await Promise.all([close(gateway.server), close(api.server)]);
  });

  it('A visitor who cancels a stream of HTTP/2 ends the request to Coze', async () => {
    const api = await startApi(() => undefined);
    const gateway = createCozeGateway(optionsFor(api.origin));
    const server = createHttp2Server((incoming, outgoing) => void gateway(incoming, outgoing as unknown as NodeResponse));
    const origin = await listen(server);
    const client = connectHttp2(origin);
    const headers = { ':method': 'POST', 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const issued = client.request({ ...headers, ':path': '/coze/token' }).end('{}');
    const { access_token: token } = (await json(issued)) as { readonly access_token: string };
    const answer = client.request({ ...headers, ':path': '/coze/v3/chat?conversation_id=1', authorization: `Bearer ${token}` });
    answer.end(JSON.stringify({ bot_id: '7400', additional_messages: [{ role: 'user', content: 'hello' }] }));
    await once(answer, 'data');
    answer.close(constants.NGHTTP2_CANCEL);
    await expect.poll(() => api.seen.closed).toBe(1);
    client.close();
    await Promise.all([new Promise((resolve) => server.close(resolve)), close(api.server)]);
  });

  it('A lost connection ends all requests to Coze, also that of an answer that waits behind another one', async () => {
    const api = await startApi(() => undefined);
    const gateway = await startBefore(api.origin, 3);
    const alice = await GatewayClient.signIn(gateway.url, 'alice');
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    for (let sent = 0; sent < 3; sent += 1) socket.write(chatRequest(hostname, alice.token));
    await expect.poll(() => api.seen.opened).toBe(3);
    socket.destroy();
    await expect.poll(() => api.seen.closed).toBe(3);
    await Promise.all([close(gateway.server), close(api.server)]);
  });

  it('A visitor who reads slowly slows Coze down and does not fill the memory of the server', async () => {
    const piece = DELTA.replace('"x"', `"${'x'.repeat(20_000)}"`);
    let written = 0;
    const api = await startApi((response) => {
      const write = (): void => {
        if (response.destroyed) return;
        written += piece.length;
        if (response.write(piece)) setImmediate(write);
        else response.once('drain', write);
      };
      write();
    });
    const gateway = await startBefore(api.origin);
    const alice = await GatewayClient.signIn(gateway.url, 'alice');
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    socket.write(chatRequest(hostname, alice.token));
    socket.pause();
    // Once nothing more is written, the whole chain waits for the visitor (back-pressure).
    let before = -1;
    while (written !== before || written === 0) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(written).toBeLessThan(12_000_000);
    socket.destroy();
    await expect.poll(() => api.seen.closed).toBe(1);
    await Promise.all([close(gateway.server), close(api.server)]);
  });
});

it('An answer does not count as running after its visitor has disconnected before reading it', async () => {
  const api = await startApi(() => undefined);
  const oauth = { ...quickApp, apiBaseUrl: api.origin };
  const identify = () => ({ id: 'alice' });
  const options = { oauth, bots: ['7400'], secret: GATEWAY_SECRET, identify, onEvent: () => undefined };
  const gateway = createCozeGateway({ ...options, limits: { answersAtOnce: 1 } });
  const post = (path: string, body: object, init: RequestInit = {}) => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...init.headers };
    return gateway(new Request(`https://shop.example/coze${path}`, { ...init, method: 'POST', headers, body: JSON.stringify(body) }));
  };
  const { access_token: token } = (await (await post('/token', {})).json()) as { readonly access_token: string };
  const ask = (init: RequestInit = {}) =>
    post(
      '/v3/chat?conversation_id=1',
      { bot_id: '7400', additional_messages: [{ role: 'user', content: 'hello' }] },
      { ...init, headers: { authorization: `Bearer ${token}` } },
    );
  const going = new AbortController();
  expect([(await ask({ signal: going.signal })).status, (await ask()).status]).toEqual([200, 429]);
  going.abort();
  const next = await ask();
  expect(next.status).toBe(200);
  await next.body?.cancel();
  await close(api.server);
});

it('The gateway can be called with a web Request, and a preflight of another origin is not granted', async () => {
  const gateway = createCozeGateway({
    oauth: quickApp,
    bots: ['1'],
    secret: GATEWAY_SECRET,
    identify: () => ({ id: 'a' }),
    onEvent: () => undefined,
  });
  await gateway.ready();
  const preflight = await gateway(
    new Request('https://site.example/coze/v3/chat', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
  );
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, null]);
});
