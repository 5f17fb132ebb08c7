import { describe, expect, it, test, vi } from 'vitest';
import { z } from 'zod';
import { type ChatTools, defineTools, type GetChatContext } from '../../../../src/config/page-tools.js';
import { CozeBeforeSendEvent } from '../../../../src/element/events/chat-events.js';
import { PageTools } from '../../../../src/element/tools/page-tools.js';
import type { ToolQuestion } from '../../../../src/frame/contract.js';
import { flushMicrotasks, VirtualTime } from '../../../support/virtual-time.js';

interface Page {
  tools?: ChatTools | undefined;
  context?: GetChatContext | undefined;
}

const anything = { type: 'object' };

/** A page, and the questions to its visitor, who agrees unless `isWanted` says otherwise. */
function arrange(page: Page, isWanted: boolean | 'never' = true) {
  const host = { tools: page.tools, context: page.context };
  const time = new VirtualTime();
  const lines: string[] = [];
  const advice: string[] = [];
  const questions: ToolQuestion[] = [];
  const actions: string[][] = [];
  const state = { isActionPrevented: false };
  const chat = new AbortController();
  const stop = new AbortController();
  const pageTools = new PageTools({
    host,
    announceSend: (text, context) => new CozeBeforeSendEvent(text, context),
    announceAction: ({ toolCalls }) => {
      actions.push(toolCalls.map(({ name }) => name));
      return !state.isActionPrevented;
    },
    debug: (line) => lines.push(line),
    advise: (sentence) => advice.push(sentence),
    timers: time.timers,
  });
  const turn = {
    signal: stop.signal,
    confirm: (question: ToolQuestion) => {
      questions.push(question);
      return isWanted === 'never' ? new Promise<boolean>(() => undefined) : Promise.resolve(isWanted);
    },
    onRun: () => undefined,
  };
  const run = (...calls: readonly (readonly [name: string, args?: string])[]) => {
    const toolCalls = calls.map(([name, args = '{}'], index) => ({ id: `${index + 1}`, name, arguments: args }));
    return pageTools.runTools({ conversationId: '1', chatId: '2', toolCalls }, turn, chat.signal);
  };
  const outputOf = async (name: string, args?: string) => (await run([name, args]))?.[0]?.output;
  return { host, time, lines, advice, questions, actions, state, chat, stop, pageTools, run, outputOf };
}

const read = (run: (...args: never[]) => unknown) => ({ effect: 'read', parameters: anything, run }) as const;

describe('Arguments', () => {
  it('are what a Standard Schema makes of them, at once or later', async () => {
    const run = vi.fn(() => 'ok');
    const parameters = z.object({ sku: z.string().transform((sku) => sku.toUpperCase()), count: z.number().default(1) });
    const later = z.object({ sku: z.string().refine((sku) => Promise.resolve(sku !== 'gone')) });
    const { outputOf } = arrange({
      tools: { at_once: { effect: 'read', parameters, run }, later: { effect: 'read', parameters: later, run } },
    });
    expect(await outputOf('at_once', '{"sku":"a-7"}')).toBe('ok');
    expect(await outputOf('later', '{"sku":"gone"}')).toMatch(/not as they have to be/);
    expect(run.mock.calls).toEqual([[{ sku: 'A-7', count: 1 }, expect.objectContaining({ toolCallId: '1' })]]);
  });

  it('may have a schema that is a function', async () => {
    const validate = (value: unknown) => ({ value });
    const parameters = Object.assign(() => undefined, { '~standard': { version: 1, vendor: 'arktype', validate } as const });
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters: parameters as never, run: (args: object) => args } } });
    expect(await outputOf('f', '{"a":1}')).toBe('{"a":1}');
  });

  it.each([
    ['{"n":1}', 'ok'],
    ['{"n":"1"}', /n: Instance type .*string.* is invalid/],
    ['{}', /does not have required property .*n/],
    ['', /does not have required property .*n/],
  ])('%s are compared with a JSON Schema, frozen or not', async (json, output) => {
    const parameters = Object.freeze({
      type: 'object',
      required: ['n'],
      properties: Object.freeze({ n: Object.freeze({ type: 'number' }) }),
    });
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run: () => 'ok' } } });
    expect(await outputOf('f', json)).toEqual(typeof output === 'string' ? output : expect.stringMatching(output));
  });

  it.each(['1e999', '-1e999'])('with a number as large as %s are not run, where nothing would do as well', async (number) => {
    const run = vi.fn();
    const parameters = { type: 'object', properties: { counts: { items: { type: ['number', 'null'], minimum: 0, maximum: 20 } } } };
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
    const output = await outputOf('f', `{"counts":[1,${number}]}`);
    expect([output, run.mock.calls]).toEqual(['{"error":"The arguments have a number that is too large."}', []]);
  });

  it('do not have what Object.prototype has', async () => {
    const parameters = { type: 'object', required: ['constructor'] };
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run: () => 'ok' } } });
    expect(await outputOf('f', '{}')).toMatch(/does not have required property .*constructor/);
  });

  it('of a schema that throws are not run', async () => {
    const run = vi.fn();
    const parameters = {
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: () => {
          throw new Error('schema');
        },
      },
    } as const;
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
    expect([await outputOf('f'), run.mock.calls]).toEqual(['{"error":"schema"}', []]);
  });

  it.each([{ issues: [] }, { issues: [], value: {} }, {}])('are not run if the result of a Standard Schema is %j', async (result) => {
    const run = vi.fn();
    const parameters = { '~standard': { version: 1, vendor: 'x', validate: () => result as never } } as const;
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
    expect([await outputOf('f'), run.mock.calls]).toEqual([expect.stringMatching(/not as they have to be/), []]);
  });

  it('to which a schema adds something that is different each time are run as they were confirmed, and asked for once', async () => {
    let made = 0;
    const parameters = z.object({ order: z.string().default(() => `order ${++made}`) });
    const run = vi.fn(() => 'ok');
    const { questions, outputOf } = arrange({ tools: { f: { parameters, run } } });
    expect([await outputOf('f'), questions.length]).toEqual(['ok', 1]);
    expect([questions[0]?.details, run.mock.calls]).toEqual([
      [{ name: 'order', value: 'order 1' }],
      [[{ order: 'order 1' }, expect.anything()]],
    ]);
  });

  it('that were confirmed are checked again by a schema that has come in place of the former', async () => {
    const run = vi.fn();
    const arranged = arrange({ tools: { f: { parameters: anything, run } } });
    const outputs = arranged.outputOf('f', '{"n":1}');
    arranged.host.tools = { f: { parameters: { type: 'object', properties: { n: { maximum: 0 } } }, run } };
    expect([await outputs, run.mock.calls]).toEqual([expect.stringMatching(/not as they have to be/), []]);
  });
});

describe('A result', () => {
  it.each<[string, unknown, string | RegExp]>([
    ['text', 'as it is', 'as it is'],
    ['a value', { a: [1, null] }, '{"a":[1,null]}'],
    ['a promise', Promise.resolve(7), '7'],
    ['nothing', undefined, 'done'],
    ['a function', () => 1, 'done'],
    ['too long', 'x'.repeat(64_001), /longer than 64000/],
    ['of big numbers', 1n, /cannot be written as JSON/],
  ])('that is %s', async (_kind, result, output) => {
    const { outputOf } = arrange({ tools: { f: read(() => result) } });
    expect(await outputOf('f')).toEqual(typeof output === 'string' ? output : expect.stringMatching(output));
  });

  it.each<[unknown, string]>([
    [Object.assign(new Error('First line\n    at x.js'), { stack: 'secret' }), '{"error":"First line"}'],
    [{ message: 'from another realm' }, '{"error":"from another realm"}'],
    ['only text', '{"error":"The tool has failed."}'],
    [new Error('x'.repeat(400)), `{"error":"${'x'.repeat(300)}"}`],
  ])('that is thrown, %o, is told by its message alone', async (thrown, output) => {
    const { outputOf } = arrange({ tools: { f: read(() => Promise.reject(thrown as Error)) } });
    expect(await outputOf('f')).toBe(output);
  });

  it('that is thrown and cannot be read is told as a failure', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { outputOf } = arrange({
      tools: {
        f: read(() => {
          throw proxy;
        }),
      },
    });
    expect(await outputOf('f')).toBe('{"error":"The tool has failed."}');
  });

  it('comes for at most 16 calls of one request', async () => {
    const run = vi.fn(() => 'ok');
    const { run: runAll } = arrange({ tools: { f: read(run) } });
    const outputs = await runAll(...Array.from({ length: 18 }, () => ['f'] as const));
    expect(outputs).toHaveLength(18);
    expect([run.mock.calls.length, outputs?.at(-1)?.output]).toEqual([16, '{"error":"No more than 16 calls are run at once."}']);
  });
});

describe('A question', () => {
  const order = { product: 'Decaf', options: { ground: true, sizes: ['250 g', '1 kg'] } };

  it('has the tool’s sentence and each argument, however deep it lies', async () => {
    const add = { parameters: anything, run: () => 'ok', confirm: ({ product }: { product: string }) => ` Put ${product} into the cart? ` };
    const { questions, outputOf } = arrange({ tools: { add_to_cart: add } });
    expect(await outputOf('add_to_cart', JSON.stringify(order))).toBe('ok');
    expect(questions).toEqual([
      {
        name: 'add to cart',
        sentence: 'Put Decaf into the cart?',
        details: [
          { name: 'product', value: 'Decaf' },
          { name: 'options › ground', value: 'true' },
          { name: 'options › sizes › 1', value: '250 g' },
          { name: 'options › sizes › 2', value: '1 kg' },
        ],
      },
    ]);
  });

  it('names each argument by the title that its schema gives it, and by its own name where that gives none', async () => {
    const sizes = { type: 'array', title: '规格', items: { type: 'string' } };
    const parameters = {
      type: 'object',
      properties: {
        product: { type: 'string', title: '商品' },
        options: { type: 'object', title: ' ', properties: { sizes, ground: { type: 'boolean' } } },
      },
    };
    const { questions, outputOf } = arrange({ tools: { f: { parameters, run: () => 'ok' } } });
    await outputOf('f', JSON.stringify({ ...order, constructor: 'x' }));
    expect(questions[0]?.details.map(({ name }) => name)).toEqual([
      '商品',
      'options › ground',
      'options › 规格 › 1',
      'options › 规格 › 2',
      'constructor',
    ]);
  });

  it('has what is empty as well, whatever it is called', async () => {
    const { questions, outputOf } = arrange({ tools: { send_to: { parameters: anything, run: () => 'ok' } } });
    await outputOf('send_to', '{"only":[],"filter":{"_":{}},"text":""}');
    await outputOf('send_to', '{}');
    expect(questions.map(({ details }) => details)).toEqual([
      [
        { name: 'only', value: '[]' },
        { name: 'filter', value: '{}' },
        { name: 'text', value: '' },
      ],
      [],
    ]);
  });

  it('shows what nobody would see, and what would change the order of the rest, in arguments as in the sentence about them', async () => {
    const confirm = ({ to }: { to: string }) => `Send \u2068${to}\u2069 91 €?`;
    const { questions, outputOf } = arrange({ tools: { pay: { parameters: anything, run: () => 'ok', confirm } } });
    await outputOf('pay', JSON.stringify({ to: 'Bob\u2069\u202e', iban: 'DE\u202e12\u200b\u{e0041}\u0000', 'am\u00adount': 91 }));
    expect(questions[0]).toEqual({
      name: 'pay',
      sentence: 'Send [U+2068]Bob[U+2069][U+202E][U+2069] 91 €?',
      details: [
        { name: 'to', value: 'Bob[U+2069][U+202E]' },
        { name: 'iban', value: 'DE[U+202E]12[U+200B][U+E0041][U+0000]' },
        { name: 'am[U+00AD]ount', value: '91' },
      ],
    });
  });

  it.each(['\u034f', '\u115f', '\u17b4', '\u180e', '\u3164', '\ufe00', '\uffa0', '\ufff9', '\u{e0100}', '\u{1d173}'])(
    'shows %j, which has no shape either',
    async (character) => {
      const { questions, outputOf } = arrange({ tools: { pay: { parameters: anything, run: () => 'ok' } } });
      await outputOf('pay', JSON.stringify({ to: `Bob${character}` }));
      expect(questions[0]?.details[0]?.value).toMatch(/^Bob\[U\+[0-9A-F]{4,5}\]$/);
    },
  );

  it('leaves alone how a page keeps an argument apart, and how scripts, emoji and lines are written', async () => {
    const confirm = ({ to }: { to: string }) => `Send \u2068${to}\u2069 91 €?`;
    const { questions, outputOf } = arrange({ tools: { pay: { parameters: anything, run: () => 'ok', confirm } } });
    const to = 'می\u200cخواهم 👩\u200d🚀 ❤\ufe0f\r\n\tשלום';
    await outputOf('pay', JSON.stringify({ to }));
    expect([questions[0]?.sentence, questions[0]?.details]).toEqual([`Send \u2068${to}\u2069 91 €?`, [{ name: 'to', value: to }]]);
  });

  it('has what is in the sets and maps that a schema makes', async () => {
    const parameters = z.object({
      to: z.array(z.string()).transform((list) => new Set(list)),
      counts: z.record(z.string(), z.number()).transform((counts) => new Map(Object.entries(counts))),
      none: z.array(z.string()).transform((list) => new Set(list)),
    });
    const { questions, outputOf } = arrange({ tools: { send: { parameters, run: () => 'ok' } } });
    await outputOf('send', '{"to":["alice","bob"],"counts":{"tea":2},"none":[]}');
    expect(questions[0]?.details).toEqual([
      { name: 'to › 1', value: 'alice' },
      { name: 'to › 2', value: 'bob' },
      { name: 'counts › 1 › 1', value: 'tea' },
      { name: 'counts › 1 › 2', value: '2' },
      { name: 'none', value: '[]' },
    ]);
  });

  it('is none where nobody could look through it', async () => {
    const { questions, outputOf } = arrange({ tools: { f: { parameters: anything, run: () => 'ok' } } });
    const output = await outputOf('f', JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 1]))));
    expect([output, questions]).toEqual(['{"error":"The arguments are too many to be shown to the visitor."}', []]);
  });

  it('is asked for whatever `effect` says, unless that is read', async () => {
    const run = vi.fn();
    const tools = { f: { parameters: anything, run, effect: 'READ' as never }, g: { parameters: anything, run } };
    const { questions, run: runAll } = arrange({ tools }, false);
    await runAll(['f'], ['g']);
    expect([questions.length, run.mock.calls]).toEqual([2, []]);
  });

  it('is asked no more than three times of a tool that goes on changing', async () => {
    let count = 0;
    const run = vi.fn();
    const { questions, outputOf } = arrange({ tools: { f: { parameters: anything, run, confirm: () => `Number ${count++}?` } } });
    expect(await outputOf('f')).toBe('{"error":"The tool has changed on the page."}');
    expect([questions.length, run.mock.calls]).toEqual([3, []]);
  });
});

describe('Whoever does not wait', () => {
  test.each(['stop', 'chat'] as const)('(%s) gets nothing, and the tool hears of it', async (end) => {
    let signal: AbortSignal | undefined;
    const arranged = arrange({
      tools: {
        f: read((_args: unknown, call: { signal: AbortSignal }) => {
          ({ signal } = call);
          return new Promise(() => undefined);
        }),
        g: read(() => 'never'),
      },
    });
    const outputs = arranged.run(['f'], ['g']);
    await flushMicrotasks();
    arranged[end].abort();
    expect([await outputs, signal?.aborted, arranged.time.timerCount]).toEqual([undefined, true, 0]);
  });

  it('starts nothing that is confirmed later', async () => {
    const run = vi.fn();
    const arranged = arrange({ tools: { f: { parameters: anything, run } } }, 'never');
    const outputs = arranged.run(['f']);
    await flushMicrotasks();
    arranged.chat.abort();
    expect([await outputs, run.mock.calls]).toEqual([undefined, []]);
  });

  it('for longer than five minutes: the bot is told, also of what would have come after', async () => {
    const arranged = arrange({ tools: { f: read(() => new Promise(() => undefined)), g: read(() => 'never') } });
    const outputs = arranged.run(['f'], ['g']);
    await flushMicrotasks();
    await arranged.time.advance(300_000);
    expect((await outputs)?.map(({ output }) => output)).toEqual(Array(2).fill('{"error":"The tool was not finished in time."}'));
  });
});

describe('What is not declared', () => {
  it('is what cannot be read: a message goes out, and a call of it is answered', async () => {
    const { proxy, revoke } = Proxy.revocable({ f: read(() => 'ok') }, {});
    const { pageTools, outputOf, chat } = arrange({ tools: proxy });
    expect(await outputOf('f')).toBe('ok');
    revoke();
    expect(await pageTools.prepareMessage('hello', chat.signal)).toEqual({ text: 'hello', context: {}, hasTools: false });
    expect(await outputOf('f')).toBe('{"error":"The page has no such tool."}');
  });

  it('is told to the page, which may answer by its backend where no call is for a tool', async () => {
    const { run, actions, state, lines } = arrange({ tools: { f: read(() => 'ok') } });
    state.isActionPrevented = true;
    expect(await run(['toString'])).toEqual([]);
    expect((await run(['f'], ['__proto__']))?.map(({ output }) => output)).toEqual(['ok', '{"error":"The page has no such tool."}']);
    expect(actions).toEqual([['toString'], ['__proto__']]);
    expect(lines).toEqual(['tool f: done', 'tool that is not declared: unknown']);
  });

  it('is what lacks a schema or a function, which its author reads', async () => {
    const { outputOf, advice } = arrange({ tools: { f: { run: () => 'ok' } as never } });
    expect(await outputOf('f')).toBe('{"error":"The page has no such tool."}');
    expect(advice).toContain('tools.f needs parameters, a schema, and run, a function.');
  });

  it('is everything on a page without tools', async () => {
    const { run, actions } = arrange({});
    expect([await run(['f']), actions]).toEqual([undefined, []]);
  });
});

describe('The console', () => {
  it('has names, and no argument, result or value', async () => {
    const secret = 'a secret';
    const page = arrange({
      tools: { f: read(() => secret), g: read(() => Promise.reject(new Error(secret))) },
      context: () => ({ page: secret }),
    });
    await page.run(['f', `{"a":"${secret}"}`], ['g'], [secret]);
    await page.pageTools.prepareMessage(secret, page.chat.signal);
    expect(page.lines.concat(page.advice).join('\n')).not.toContain(secret);
    expect(page.lines).toContain('context sent: page');
  });
});

it('defineTools() gives back what it gets', () => {
  const tools = { f: read(() => 'ok') };
  expect(defineTools(tools)).toBe(tools);
});

it('a message says whether the page has tools at that moment', async () => {
  const { pageTools, host, chat } = arrange({});
  const hasTools = async () => (await pageTools.prepareMessage('hello', chat.signal))?.hasTools;
  expect(await hasTools()).toBe(false);
  host.tools = { f: read(() => 'ok') };
  expect(await hasTools()).toBe(true);
});
