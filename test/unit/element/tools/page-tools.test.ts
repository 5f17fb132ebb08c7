import { runInNewContext } from 'node:vm';
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
function arrange(page: Page, isWanted: boolean | Promise<boolean> = true) {
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
      return Promise.resolve(isWanted);
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

describe('Arguments of a tool', () => {
  it('Arguments are the result of a Standard Schema, which may be asynchronous', async () => {
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

  it('The schema of arguments may be a function', async () => {
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
  ])('The arguments %s are compared with a JSON Schema, even a frozen one', async (json, output) => {
    const parameters = Object.freeze({
      type: 'object',
      required: ['n'],
      properties: Object.freeze({ n: Object.freeze({ type: 'number' }) }),
    });
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run: () => 'ok' } } });
    expect(await outputOf('f', json)).toEqual(typeof output === 'string' ? output : expect.stringMatching(output));
  });

  it.each(['1e999', '-1e999'])(
    'A tool does not run with a number as large as %s, even if its schema allows other types',
    async (number) => {
      const run = vi.fn();
      const parameters = { type: 'object', properties: { counts: { items: { type: ['number', 'null'], minimum: 0, maximum: 20 } } } };
      const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
      const output = await outputOf('f', `{"counts":[1,${number}]}`);
      expect([output, run.mock.calls]).toEqual(['{"error":"The arguments have a number that is too large."}', []]);
    },
  );

  it('Arguments do not have the members of Object.prototype', async () => {
    const parameters = { type: 'object', required: ['constructor'] };
    const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run: () => 'ok' } } });
    expect(await outputOf('f', '{}')).toMatch(/does not have required property .*constructor/);
  });

  it('A tool does not run if its schema throws', async () => {
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

  it.each([{ issues: [] }, { issues: [], value: {} }, {}])(
    'A tool is not run if the result of its Standard Schema is %j',
    async (result) => {
      const run = vi.fn();
      const parameters = { '~standard': { version: 1, vendor: 'x', validate: () => result as never } } as const;
      const { outputOf } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
      expect([await outputOf('f'), run.mock.calls]).toEqual([expect.stringMatching(/not as they have to be/), []]);
    },
  );

  it('Arguments with a default that differs each time are confirmed once, and passed to the tool as confirmed', async () => {
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

  it('Confirmed arguments are checked again if the schema was replaced meanwhile', async () => {
    const run = vi.fn();
    const arranged = arrange({ tools: { f: { parameters: anything, run } } });
    const outputs = arranged.outputOf('f', '{"n":1}');
    arranged.host.tools = { f: { parameters: { type: 'object', properties: { n: { maximum: 0 } } }, run } };
    expect([await outputs, run.mock.calls]).toEqual([expect.stringMatching(/not as they have to be/), []]);
  });
});

describe('Result of a tool', () => {
  it.each<[string, unknown, string | RegExp]>([
    ['text', 'as it is', 'as it is'],
    ['a value', { a: [1, null] }, '{"a":[1,null]}'],
    ['a promise', Promise.resolve(7), '7'],
    ['nothing', undefined, 'done'],
    ['a function', () => 1, 'done'],
    ['too long', 'x'.repeat(64_001), /longer than 64000/],
    ['of big numbers', 1n, /cannot be written as JSON/],
  ])('A result is passed to the bot in this case: %s', async (_kind, result, output) => {
    const { outputOf } = arrange({ tools: { f: read(() => result) } });
    expect(await outputOf('f')).toEqual(typeof output === 'string' ? output : expect.stringMatching(output));
  });

  it.each<[unknown, string]>([
    [Object.assign(new Error('First line\n    at x.js'), { stack: 'secret' }), '{"error":"First line"}'],
    [{ message: 'from another realm' }, '{"error":"from another realm"}'],
    ['only text', '{"error":"The tool has failed."}'],
    [new Error('x'.repeat(400)), `{"error":"${'x'.repeat(300)}"}`],
  ])('An exception %o is passed to the bot by its message only', async (thrown, output) => {
    const { outputOf } = arrange({ tools: { f: read(() => Promise.reject(thrown as Error)) } });
    expect(await outputOf('f')).toBe(output);
  });

  it('A thrown value that cannot be read gives the bot a general failure', async () => {
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

  it('At most 16 calls of one request get a result', async () => {
    const run = vi.fn(() => 'ok');
    const { run: runAll } = arrange({ tools: { f: read(run) } });
    const outputs = await runAll(...Array.from({ length: 18 }, () => ['f'] as const));
    expect(outputs).toHaveLength(18);
    expect([run.mock.calls.length, outputs?.at(-1)?.output]).toEqual([16, '{"error":"No more than 16 calls are run at once."}']);
  });
});

describe('Question to the visitor', () => {
  const order = { product: 'Decaf', options: { ground: true, sizes: ['250 g', '1 kg'] } };

  it('A question has the sentence of the tool and each argument, however deeply it is nested', async () => {
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

  it('A question names each argument by the title in its schema, and by its own name without one', async () => {
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

  it('A question names each argument by its title also where a schema refers to another part of itself', async () => {
    const parameters = {
      type: 'object',
      properties: {
        product: { $ref: '#/$defs/a~1product' },
        gifts: { type: 'array', title: '赠品', items: { $ref: '#/$defs/a~1product' } },
        message: { allOf: [{ $ref: '#/$defs/text' }], title: '留言' },
        again: { $ref: '#/properties/again' },
        whole: { $ref: '#' },
      },
      $defs: {
        'a/product': { title: '商品', allOf: [{ properties: { sku: { type: 'string', title: '编号' } } }] },
        text: { type: 'string', title: 'Text' },
      },
    };
    const isValid = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } as const;
    const { questions, outputOf } = arrange({ tools: { f: { parameters: { ...parameters, ...isValid }, run: () => 'ok' } } });
    await outputOf(
      'f',
      '{"product":{"sku":"1"},"gifts":[{"sku":"2"}],"message":"3","again":"4","whole":{"whole":{"product":{"sku":"5"}}}}',
    );
    expect(questions[0]?.details).toEqual([
      { name: '商品 › 编号', value: '1' },
      { name: '赠品 › 1 › 编号', value: '2' },
      { name: '留言', value: '3' },
      { name: 'again', value: '4' },
      { name: 'whole › whole › 商品 › 编号', value: '5' },
    ]);
  });

  it('A question contains empty arguments, too, whatever their names', async () => {
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

  it('A question shows invisible and direction-changing characters as codes, in arguments and in its sentence', async () => {
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
    'A question shows the invisible character %j as a code',
    async (character) => {
      const { questions, outputOf } = arrange({ tools: { pay: { parameters: anything, run: () => 'ok' } } });
      await outputOf('pay', JSON.stringify({ to: `Bob${character}` }));
      expect(questions[0]?.details[0]?.value).toMatch(/^Bob\[U\+[0-9A-F]{4,5}\]$/);
    },
  );

  it('A question leaves balanced isolates, joiners in words and emoji, and line breaks unchanged', async () => {
    const confirm = ({ to }: { to: string }) => `Send \u2068${to}\u2069 91 €?`;
    const { questions, outputOf } = arrange({ tools: { pay: { parameters: anything, run: () => 'ok', confirm } } });
    const to = 'می\u200cخواهم 👩\u200d🚀 ❤\ufe0f\r\n\tשלום';
    await outputOf('pay', JSON.stringify({ to }));
    expect([questions[0]?.sentence, questions[0]?.details]).toEqual([`Send \u2068${to}\u2069 91 €?`, [{ name: 'to', value: to }]]);
  });

  it('A question contains the members of sets and maps that a schema makes', async () => {
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

  it('A question with too many arguments is not asked, and the tool does not run', async () => {
    const { questions, outputOf } = arrange({ tools: { f: { parameters: anything, run: () => 'ok' } } });
    const output = await outputOf('f', JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 1]))));
    expect([output, questions]).toEqual(['{"error":"The arguments are too many to be shown to the visitor."}', []]);
  });

  it('A question is asked for every effect except read', async () => {
    const run = vi.fn();
    const tools = { f: { parameters: anything, run, effect: 'READ' as never }, g: { parameters: anything, run } };
    const { questions, run: runAll } = arrange({ tools }, false);
    await runAll(['f'], ['g']);
    expect([questions.length, run.mock.calls]).toEqual([2, []]);
  });

  it('A question is asked at most three times for a tool that keeps changing', async () => {
    let count = 0;
    const run = vi.fn();
    const { questions, outputOf } = arrange({ tools: { f: { parameters: anything, run, confirm: () => `Number ${count++}?` } } });
    expect(await outputOf('f')).toBe('{"error":"The tool has changed on the page."}');
    expect([questions.length, run.mock.calls]).toEqual([3, []]);
  });
});

describe('Tools that are not waited for', () => {
  test.each(['stop', 'chat'] as const)('A call that ends early (%s) has no result, and the signal of the tool aborts', async (end) => {
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

  it('A tool whose confirmation is pending when the chat ends does not run, even if it is confirmed later', async () => {
    const run = vi.fn();
    let agree = (_isWanted: boolean): void => undefined;
    const answer = new Promise<boolean>((resolve) => (agree = resolve));
    const arranged = arrange({ tools: { f: { parameters: anything, run } } }, answer);
    const outputs = arranged.run(['f']);
    await expect.poll(() => arranged.questions.length).toBe(1);
    arranged.chat.abort();
    expect(await outputs).toBeUndefined();
    agree(true);
    await flushMicrotasks();
    expect(run).not.toHaveBeenCalled();
  });

  it('A tool that takes five minutes is reported to the bot as not finished, and so are later calls', async () => {
    const arranged = arrange({ tools: { f: read(() => new Promise(() => undefined)), g: read(() => 'never') } });
    const outputs = arranged.run(['f'], ['g']);
    await flushMicrotasks();
    await arranged.time.advance(300_000);
    expect((await outputs)?.map(({ output }) => output)).toEqual(Array(2).fill('{"error":"The tool was not finished in time."}'));
  });
});

describe('Undeclared tools', () => {
  it('Tools that cannot be read count as undeclared, and neither a message nor a call waits for them', async () => {
    const { proxy, revoke } = Proxy.revocable({ f: read(() => 'ok') }, {});
    const { pageTools, outputOf, chat } = arrange({ tools: proxy });
    expect(await outputOf('f')).toBe('ok');
    revoke();
    expect(await pageTools.prepareMessage('hello', chat.signal)).toEqual({ text: 'hello', context: {}, hasTools: false });
    expect(await outputOf('f')).toBe('{"error":"The page has no such tool."}');
  });

  it('A call of an undeclared tool is an event that the page may handle if no call is for a declared tool', async () => {
    const { run, actions, state, lines } = arrange({ tools: { f: read(() => 'ok') } });
    state.isActionPrevented = true;
    expect(await run(['toString'])).toEqual([]);
    expect((await run(['f'], ['__proto__']))?.map(({ output }) => output)).toEqual(['ok', '{"error":"The page has no such tool."}']);
    expect(actions).toEqual([['toString'], ['__proto__']]);
    expect(lines).toEqual(['tool f: done', 'tool that is not declared: unknown']);
  });

  it('A tool without a schema or a function counts as undeclared, with a warning for its author', async () => {
    const { outputOf, advice } = arrange({ tools: { f: { run: () => 'ok' } as never } });
    expect(await outputOf('f')).toBe('{"error":"The page has no such tool."}');
    expect(advice).toContain('tools.f needs parameters, a Standard Schema or a plain JSON Schema, and run, a function.');
  });

  it('The author of a tool that cannot be called is warned with the first message, before the bot calls it', async () => {
    const { pageTools, advice, chat } = arrange({ tools: { f: { run: () => 'ok' } as never, g: read(() => 'ok') } });
    expect(await pageTools.prepareMessage('hello', chat.signal)).toMatchObject({ hasTools: true });
    expect(advice).toEqual([expect.stringContaining('tools.f needs parameters')]);
  });

  it.each<[string, unknown]>([
    ['an object of a library without Standard Schema, such as zod 3.23', new (class Schema {})()],
    ['a compiled validator', () => true],
    ['a list', [{ type: 'object' }]],
  ])('A tool whose parameters are %s counts as undeclared: nothing could be checked', async (_kind, parameters) => {
    const run = vi.fn();
    const { outputOf, advice } = arrange({ tools: { f: { effect: 'read', parameters, run } } });
    expect([await outputOf('f', '{"sku":5}'), run.mock.calls]).toEqual(['{"error":"The page has no such tool."}', []]);
    expect(new Set(advice).size).toBe(1);
  });

  it('The parameters of a tool may be a JSON Schema without a prototype, of another realm or behind a proxy', async () => {
    const another = runInNewContext('({ type: "object" })') as object;
    for (const parameters of [Object.assign(Object.create(null) as object, anything), another, new Proxy(anything, {})]) {
      const { outputOf } = arrange({ tools: { f: { ...read(() => 'ok'), parameters } } });
      expect(await outputOf('f')).toBe('ok');
    }
  });

  it('Every call is left to the page if the page has no tools', async () => {
    const { run, actions } = arrange({});
    expect([await run(['f']), actions]).toEqual([undefined, []]);
  });
});

describe('Console', () => {
  it('The debug log has names of tools, and no argument, result or value', async () => {
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

it('defineTools() returns its argument', () => {
  const tools = { f: read(() => 'ok') };
  expect(defineTools(tools)).toBe(tools);
});

it('A message says whether the page has tools at that moment', async () => {
  const { pageTools, host, chat } = arrange({});
  const hasTools = async () => (await pageTools.prepareMessage('hello', chat.signal))?.hasTools;
  expect(await hasTools()).toBe(false);
  host.tools = { f: read(() => 'ok') };
  expect(await hasTools()).toBe(true);
});
