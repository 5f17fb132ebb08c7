import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  createConversation,
  envelope,
  listMessages,
  logIn,
  names,
  parseEvents,
  type Session,
  startChat,
  type WireEvent,
  type WireMessage,
} from './support.js';

interface WireChat {
  readonly id: string;
  readonly status: string;
  readonly required_action?: { readonly submit_tool_outputs: { readonly tool_calls: readonly WireCall[] } };
}

interface WireCall {
  readonly id: string;
  readonly type: string;
  readonly function: { readonly name: string; readonly arguments: string };
  readonly require_info: unknown;
}

let standIn: CozeStandIn;
let session: Session;
let nowMs = 1_760_000_000_000;

beforeAll(async () => {
  standIn = await startSharedApp({ now: () => nowMs });
  session = await logIn(standIn, 'shopper', { nowSeconds: nowMs / 1000 });
});
afterEach(() => standIn.resetFaults());
afterAll(() => standIn.stop());

const script = (...rounds: readonly (readonly string[])[]): string =>
  `call:\n${JSON.stringify({ rounds: rounds.map((calls) => calls.map((name) => ({ name, arguments: '{}' }))) })}`;

async function begin(text: string, more: Readonly<Record<string, unknown>> = {}) {
  const { id: conversationId } = await createConversation(standIn, session);
  const events = parseEvents(await (await startChat(standIn, session, conversationId, text, more)).text());
  return { conversationId, events, ...wanted(events) };
}

/** The last request for tools. */
function wanted(events: readonly WireEvent[]) {
  const chat = events.find(({ event }) => event === 'conversation.chat.requires_action')?.data as WireChat;
  return { chatId: chat.id, calls: chat.required_action?.submit_tool_outputs.tool_calls ?? [] };
}

const submit = (
  { conversationId, chatId }: { readonly conversationId: string; readonly chatId: string },
  outputs: readonly (readonly [id: string | undefined, output: string])[],
  more: Readonly<Record<string, unknown>> = { stream: true },
): Promise<Response> =>
  session.post(`/v3/chat/submit_tool_outputs?conversation_id=${conversationId}&chat_id=${chatId}`, {
    tool_outputs: outputs.map(([tool_call_id, output]) => ({ tool_call_id, output })),
    ...more,
  });

describe('Bot that requests tools of the page', () => {
  it('The stream names the requested tools, marks the turn as interrupted and ends without an answer', async () => {
    const { events, calls } = await begin('Put decaf into my cart');
    expect(names(events)).toEqual([
      'conversation.chat.created',
      'conversation.chat.in_progress',
      'conversation.message.completed',
      'conversation.message.completed',
      'conversation.message.completed',
      'conversation.chat.requires_action',
      'done',
    ]);
    const contents = events.slice(2, 5).map(({ data }) => JSON.parse((data as WireMessage).content) as object);
    expect(contents).toMatchObject([
      { name: 'ts-page-add_to_cart', arguments: { product: 'decaf', quantity: 1 }, plugin_type: 6 },
      { msg_type: 'interrupt' },
      { msg_type: 'generate_answer_finish', data: '{"finish_reason":1,"FinData":""}' },
    ]);
    expect(calls).toEqual([
      {
        id: expect.stringMatching(/^[\w+/]+=*$/) as string,
        type: 'function',
        function: { name: 'add_to_cart', arguments: '{"product":"decaf","quantity":1}' },
        require_info: null,
      },
    ]);
  });

  it('The chat continues with the submitted outputs', async () => {
    const turn = await begin('Put decaf into my cart');
    const events = parseEvents(await (await submit(turn, [[turn.calls[0]?.id, 'Decaf is in the cart.']])).text());
    expect(names(events)[0]).toBe('conversation.chat.in_progress');
    expect(events[1]?.data).toMatchObject({ type: 'tool_response', content: 'Decaf is in the cart.', chat_id: turn.chatId });
    expect(answerText(events)).toBe('Done. Decaf is in the cart.');
    expect(names(events).slice(-2)).toEqual(['conversation.chat.completed', 'done']);
    const stored = (await envelope<readonly WireMessage[]>(listMessages(session, turn.conversationId))).data;
    expect(stored.map(({ content, chat_id: id }) => [content, id])).toEqual([
      ['Done. Decaf is in the cart.', turn.chatId],
      ['Put decaf into my cart', turn.chatId],
    ]);
  });

  it('With the fault createdAfterTools the rest of the chat begins with `created` again', async () => {
    standIn.setFaults({ createdAfterTools: true });
    const turn = await begin('Weather');
    const events = parseEvents(await (await submit(turn, [[turn.calls[0]?.id, 'rain']])).text());
    expect(names(events).slice(0, 2)).toEqual(['conversation.chat.created', 'conversation.chat.in_progress']);
  });

  it('The bot can request several tools in several rounds, and assigns each output to its call', async () => {
    const turn = await begin(script(['a', 'b'], ['c']));
    expect(turn.calls.map((call) => call.function.name)).toEqual(['a', 'b']);
    const [a, b] = turn.calls;
    const second = parseEvents(
      await (
        await submit(turn, [
          [b?.id, 'B'],
          [a?.id, 'A'],
        ])
      ).text(),
    );
    const again = wanted(second);
    expect(again.chatId).toBe(turn.chatId);
    const last = parseEvents(await (await submit(turn, [[again.calls[0]?.id, 'C']])).text());
    expect(answerText(last)).toBe('A\n\nB\n\nC');
  });

  it('Outputs can be submitted without a stream, too', async () => {
    const turn = await begin('Weather');
    const { data } = await envelope<WireChat>(submit(turn, [[turn.calls[0]?.id, 'rain']], {}));
    expect(data.status).toBe('in_progress');
    const path = `/v3/chat/retrieve?conversation_id=${turn.conversationId}&chat_id=${turn.chatId}`;
    await expect.poll(async () => (await envelope<WireChat>(session.get(path))).data.status).toBe('completed');
  });
});

describe('Refused tool outputs', () => {
  it.each<[string, (calls: readonly WireCall[]) => readonly (readonly [string | undefined, string])[]]>([
    ['the output of an unknown call', () => [['QkFTRTY0Og==', 'x']]],
    ['an output is missing', () => []],
    [
      'an output is given twice',
      ([call]) => [
        [call?.id, 'x'],
        [call?.id, 'y'],
      ],
    ],
  ])('Outputs are refused and the chat continues to wait: %s', async (_why, outputs) => {
    const turn = await begin('Weather');
    expect(await envelope(submit(turn, outputs(turn.calls)))).toMatchObject({ code: 4000 });
    expect(answerText(parseEvents(await (await submit(turn, [[turn.calls[0]?.id, 'rain']])).text()))).toBe('rain');
  });

  it('Outputs are refused a second time', async () => {
    const turn = await begin('Weather');
    await (await submit(turn, [[turn.calls[0]?.id, 'rain']])).text();
    expect(await envelope(submit(turn, [[turn.calls[0]?.id, 'sun']]))).toMatchObject({ code: 4000 });
  });

  it('Outputs after the time limit of toolWaitMs are refused', async () => {
    standIn.setFaults({ toolWaitMs: 420_000 });
    const turn = await begin('Weather');
    nowMs += 420_001;
    expect(await envelope(submit(turn, [[turn.calls[0]?.id, 'rain']]))).toMatchObject({ code: 4000 });
  });

  it('Outputs for a chat without history are refused with 5000', async () => {
    const turn = await begin('Weather', { auto_save_history: false });
    expect(await envelope(submit(turn, [[turn.calls[0]?.id, 'rain']]))).toMatchObject({ code: 5000 });
  });

  it('Outputs for another chat or conversation, of another visitor or without the permission are refused', async () => {
    const turn = await begin('Weather');
    const outputs = [[turn.calls[0]?.id, 'rain']] as const;
    expect(await envelope(submit({ ...turn, chatId: '1' }, outputs))).toMatchObject({ code: 4001 });
    expect(await envelope(submit({ ...turn, conversationId: '1' }, outputs))).toMatchObject({ code: 4002 });
    const other = await logIn(standIn, 'other', { nowSeconds: Math.floor(nowMs / 1000) });
    const path = `/v3/chat/submit_tool_outputs?conversation_id=${turn.conversationId}&chat_id=${turn.chatId}`;
    expect(await envelope(other.post(path, { tool_outputs: [] }))).toMatchObject({ code: 4002 });
    standIn.setFaults({ missingPermissions: ['submitToolChat'] });
    expect(await envelope(submit(turn, outputs))).toMatchObject({ code: 4101 });
  });
});

describe('Chat that waits for tool outputs', () => {
  it('A chat that waits for tool outputs cannot be cancelled', async () => {
    const turn = await begin('Weather');
    const ids = { conversation_id: turn.conversationId, chat_id: turn.chatId };
    expect(await envelope(session.post('/v3/chat/cancel', ids))).toMatchObject({ code: 4104 });
  });

  it('A waiting chat ends with another question, or refuses it with the fault busyWhileWaiting', async () => {
    const turn = await begin('Weather');
    standIn.setFaults({ busyWhileWaiting: true });
    expect(await envelope(startChat(standIn, session, turn.conversationId, 'Hello'))).toMatchObject({ code: 4016 });
    standIn.resetFaults();
    await (await startChat(standIn, session, turn.conversationId, 'Hello')).text();
    expect(await envelope(submit(turn, [[turn.calls[0]?.id, 'rain']]))).toMatchObject({ code: 4000 });
  });
});

describe('Context that the page sends to the bot', () => {
  it('The bot knows the page and the product from the variables of the same request only', async () => {
    const { id } = await createConversation(standIn, session);
    const place = async (more: object) =>
      answerText(parseEvents(await (await startChat(standIn, session, id, 'What am I looking at?', { ...more })).text()));
    expect(await place({ custom_variables: { page: '/coffee', product: 'Decaf' } })).toBe('You are looking at **Decaf**.');
    expect(await place({ custom_variables: { page: '/coffee' } })).toBe('You are at `/coffee`.');
    expect(await place({ parameters: { product: 'Decaf' } })).toBe('You are looking at **Decaf**.');
    expect(await place({})).toBe('I do not know what is on your screen.');
  });

  it('Variables with another name than letters and underscores, or with a value other than a string, are refused', async () => {
    const { id } = await createConversation(standIn, session);
    for (const custom_variables of [{ 'page-title': 'x' }, { page: 1 }]) {
      expect(await envelope(startChat(standIn, session, id, 'Hello', { custom_variables }))).toMatchObject({ code: 4000 });
    }
  });
});
