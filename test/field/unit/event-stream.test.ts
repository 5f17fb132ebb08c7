import { CozeAPI, type StreamChatData } from '@coze/api';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { readEventStream } from '../../../src/frame/app/service/turn/event-stream.js';
import axios from '../../../src/frame/platform/axios/index.js';
import { runs } from '../../support/runs.js';
import { completed, delta } from '../../unit/frame/app/service/chat-events.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Wire = readonly Uint8Array[];

/** The events that the SDK's own client reads from a response in these chunks. */
async function read(pieces: Wire, onBytes = () => {}): Promise<StreamChatData[]> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(streamOf(pieces), { headers: { 'content-type': 'text/event-stream' } })));
  const axiosInstance = axios.create();
  axiosInstance.interceptors.response.use((response) => ({
    ...response,
    data: readEventStream(response.data as ReadableStream<Uint8Array>, onBytes),
  }));
  const client = new CozeAPI({ token: 'token', baseURL: 'https://api.example', axiosInstance });
  const events: StreamChatData[] = [];
  for await (const event of client.chat.stream({ bot_id: '1' })) events.push(event);
  return events;
}

function streamOf(pieces: Wire): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const textOf = (events: readonly StreamChatData[]): string =>
  events.map(({ event, data }) => (event === 'conversation.message.delta' ? (data as { content: string }).content : '')).join('');

const lineEnds = fc.constantFrom('\n', '\r\n', '\r');

/** Lines without a meaning, which may stand between any two events. */
const noise = fc.constantFrom<readonly string[]>(
  [],
  [''],
  ['', ''],
  [': ping', ''],
  [':'],
  [': event: error', ': data: {}', ''],
  ['event: ping', 'data:', ''],
  ['event: ping', 'data', ''],
  ['event: ping', 'data: {}', ''],
  ['event: ping', ''],
  ['event:conversation.message.delta', ''],
  ['event:conversation.message.delta', 'data:', ''],
  ['event:conversation.message.delta', 'data: [DONE]', ''],
  ['event:conversation.message.delta', 'data: null', ''],
  ['event:conversation.message.delta', 'data: {"content":"half', ''],
  ['event: conversation.something.new', 'data: {"content":"new"}', ''],
  ['data: {"content":"of no name"}', ''],
  ['id: 7', 'retry: 3000', ''],
  ['retry: soon', 'nonsense', 'nonsense: of a field', ''],
  ['Event: done', 'Data: [DONE]', ''],
);

/** The lines of an event, in any form that the grammar allows. */
const eventLines = (name: string, json: string): fc.Arbitrary<string[]> =>
  fc
    .record({
      blank: fc.constantFrom('', ' '),
      isNameLast: fc.boolean(),
      isSplit: fc.boolean(),
      id: fc.constantFrom<string[]>([], ['id: 1'], ['id'], [': comment between the fields']),
    })
    .map(({ blank, isNameLast, isSplit, id }) => {
      // JSON may contain line breaks between its tokens.
      const data = isSplit ? json.replace(/^\{/, '{\n').replace(/\}$/, '\n}').split('\n') : [json];
      const dataLines = data.map((line) => `data:${blank}${line}`);
      const nameLine = `event:${blank}${name}`;
      return [...id, ...(isNameLast ? [...dataLines, nameLine] : [nameLine, ...dataLines]), ''];
    });

const someText = fc.string({
  unit: fc.constantFrom('a', ' ', '字', '🙂', 'é', '\n', '\r', '"', '\\', ':', '{', 'data: ', '\u2028'),
  maxLength: 8,
});

const deltaLines = (content: string): fc.Arbitrary<string[]> =>
  eventLines('conversation.message.delta', JSON.stringify(delta(content).data));

const answers = fc.array(someText, { maxLength: 6 }).chain((contents) =>
  fc
    .record({
      blocks: fc.tuple(...contents.map((content) => fc.tuple(noise, deltaLines(content)).map(([before, lines]) => [...before, ...lines]))),
      last: noise,
      end: lineEnds,
      hasByteOrderMark: fc.boolean(),
      hasDone: fc.boolean(),
    })
    .map(({ blocks, last, end, hasByteOrderMark, hasDone }) => {
      const lines = [...blocks.flat(), ...last, ...(hasDone ? ['event:done', 'data:"[DONE]"', ''] : [])];
      return { text: contents.join(''), wire: `${hasByteOrderMark ? '\uFEFF' : ''}${lines.map((line) => line + end).join('')}`, hasDone };
    }),
);

/** Cuts anywhere, even inside a character, and between a carriage return and its line feed. */
function cut(wire: string, places: readonly number[]): Wire {
  const bytes = encode(wire);
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((one, other) => one - other);
  return [...sorted, bytes.length].map((place, index) => bytes.subarray(sorted[index - 1] ?? 0, place));
}

const places = fc.oneof(
  { weight: 49, arbitrary: fc.array(fc.nat(100_000), { maxLength: 12 }) },
  // Each byte as a separate chunk.
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 4_000 }, (_, index) => index)) },
);

test('An answer has exactly the text that was streamed, however it is split into chunks and lines, and whatever is between', async () => {
  await fc.assert(
    fc.asyncProperty(answers, places, async ({ text, wire, hasDone }, cuts) => {
      const events = await read(cut(wire, cuts));
      expect(textOf(events)).toBe(text);
      expect(events.some(({ event }) => event === 'done')).toBe(hasDone);
      expect(events.every(({ event }) => /^(?:conversation\.message\.delta|done)$/.test(event))).toBe(true);
    }),
    { numRuns: runs(10_000) },
  );
}, 120_000);

const blanks = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\r\n', '\t'), maxLength: 6 });

test('JSON in place of a stream is read as an error, with any white space, over several lines and in any chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(4101, 4028, 700012006),
      fc.tuple(blanks, blanks, blanks, blanks),
      fc.boolean(),
      fc.array(fc.nat(200), { maxLength: 8 }),
      async (code, [before, inside, between, after], hasByteOrderMark, cuts) => {
        const json = `${before}{${inside}"code":${between}${code},${inside}"msg":"no: {data}"${between}}${after}`;
        const events = await read(cut(`${hasByteOrderMark ? '\uFEFF' : ''}${json}`, cuts));
        expect(events).toEqual([{ event: 'error', data: { code, msg: 'no: {data}' } }]);
      },
    ),
    { numRuns: runs(2_000) },
  );
}, 60_000);

test.each(['{"code":4101,', '{', '{"code":4101}{"code":4101}', '{]'])(
  'Invalid JSON (%s) in place of a stream is an error without a code',
  async (json) => {
    expect(await read([encode(json)])).toEqual([{ event: 'error', data: {} }]);
  },
);

test.each(['error', 'conversation.chat.failed'])('An event "%s" that cannot be parsed ends the answer', async (event) => {
  expect(await read([encode(`event: ${event}\ndata: upstream timed out\n\n`)])).toEqual([{ event, data: {} }]);
});

test.each([
  ['a page of a gateway', '<html>\n<body>502: data: {"a":1}\n\n</body>'],
  ['nothing', ''],
  ['an event that breaks off', 'event: conversation.message.delta\ndata: {"content":"half"}\n'],
])('A response that contains no complete event produces no event: %s', async (_, wire) => {
  expect(await read([encode(wire)])).toEqual([]);
});

test('Every chunk is reported, even if it completes no event', async () => {
  let pieces = 0;
  await read([encode(': ping\n'), encode(': pi'), encode('ng\n\n')], () => (pieces += 1));
  expect(pieces).toBe(3);
});

/** Counts the characters that searches for a line end pass, and those that are joined, until the end of the test. */
function countSteps(): () => number {
  let steps = 0;
  const { indexOf } = String.prototype;
  const { join } = Array.prototype;
  vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, part: string, from = 0) {
    const found = indexOf.call(this, part, from);
    if (part === '\n' || part === '\r') steps += (found === -1 ? this.length : found) - from;
    return found;
  });
  vi.spyOn(Array.prototype, 'join').mockImplementation(function (this: unknown[], separator?: string) {
    const joined = join.call(this, separator);
    steps += joined.length;
    return joined;
  });
  return () => steps;
}

test('A long line is put together and searched once, in however many chunks it comes', async () => {
  const wire = `event: conversation.message.completed\ndata: ${JSON.stringify(completed({ content: 'x'.repeat(20_000) }).data)}\n\n`;
  const stepsIn = async (chunks: number): Promise<number> => {
    const length = Math.ceil(wire.length / chunks);
    const pieces = Array.from({ length: chunks }, (_, index) => encode(wire.slice(index * length, (index + 1) * length)));
    const countedSteps = countSteps();
    let bytes = 0;
    for await (const lines of readEventStream(streamOf(pieces), () => {})) bytes += lines.length;
    const steps = countedSteps();
    vi.restoreAllMocks();
    expect(bytes).toBeGreaterThan(20_000);
    return steps;
  };
  const [once, often] = [await stepsIn(1), await stepsIn(1_000)];
  expect(once).toBeGreaterThanOrEqual(wire.length);
  expect(often).toBeLessThan(once + 2 * wire.length);
});

test('A long line in many chunks is read completely', async () => {
  const content = 'x'.repeat(200_000);
  const wire = `event: conversation.message.completed\ndata: ${JSON.stringify(completed({ content }).data)}\n\n`;
  const pieces = Array.from({ length: Math.ceil(wire.length / 20) }, (_, index) => encode(wire.slice(index * 20, index * 20 + 20)));
  const [event] = await read(pieces);
  expect((event?.data as { content: string }).content).toBe(content);
});
