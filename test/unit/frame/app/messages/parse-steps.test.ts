import type { ChatMessage } from '@coze/chat-sdk';
import { expect, test } from 'vitest';
import { findSources, parseSteps } from '../../../../../src/frame/app/messages/process/parse-steps.js';

const message = (type: string, content: string, more: object = {}): ChatMessage => ({ type, content, ...more }) as unknown as ChatMessage;
const call = (more: object): ChatMessage =>
  message('function_call', JSON.stringify({ name: 'ts-shop-get_cart', arguments: { a: 1 }, ...more }));
const chunk = (name: string, url: string): object => ({ slice: 'text', meta: { document: { name }, link: { url } } });
const recall = (chunks: readonly object[]): string => JSON.stringify({ msg_type: 'knowledge_recall', data: JSON.stringify({ chunks }) });

test('Results of tools belong to the calls in their order, as tool_response and as tool_output', () => {
  const steps = parseSteps([
    call({ plugin_name: 'shop' }),
    call({}),
    message('tool_response', 'first'),
    message('tool_output', '{"response_for_model":"second"}'),
  ]);
  expect(steps).toEqual([
    { kind: 'tool', name: 'shop', input: '{\n  "a": 1\n}', result: 'first' },
    { kind: 'tool', name: 'shop-get_cart', input: '{\n  "a": 1\n}', result: 'second' },
  ]);
});

test.each(['not JSON', '[]', 'null', '{"name":7}'])('A call with the content %s becomes a step of a tool without a name', (content) => {
  expect(parseSteps([message('function_call', content)])).toEqual([{ kind: 'tool', name: '', input: '', result: undefined }]);
});

test('Both forms of recalled knowledge are read, and each document is a source once', () => {
  const steps = parseSteps([
    message('knowledge', '---\nrecall slice 1:one\nrecall slice 2:two\n'),
    message('verbose', recall([chunk('Prices', 'https://a.example/'), chunk('Prices', 'https://a.example/'), chunk('', '')])),
    message('knowledge', recall([chunk('Terms', '')])),
  ]);
  expect(steps.map((step) => step.kind === 'recall' && step.sources.map(({ text }) => text))).toEqual([
    ['one', 'two'],
    ['text', 'text', 'text'],
    ['text'],
  ]);
  expect(findSources(steps).map(({ title, url }) => [title, url])).toEqual([
    ['Prices', 'https://a.example/'],
    ['Terms', ''],
  ]);
});

test.each(['{"msg_type":"generate_answer_finish","data":""}', '{"msg_type":"knowledge_recall","data":"{"}', 'empty result'])(
  'The verbose message %s is not a step',
  (content) => {
    expect(parseSteps([message('verbose', content)])).toEqual([]);
  },
);

test('The thinking step is over when the answer begins or is complete', () => {
  const thinking = (content: string, isComplete?: boolean) =>
    parseSteps([message('answer', content, { reasoning_content: ' Hm. ', isComplete })]);
  expect(thinking('', false)).toEqual([{ kind: 'thinking', text: 'Hm.', isOver: false }]);
  expect([thinking('So', false), thinking('', true), thinking('So')].flat().map((step) => step.kind === 'thinking' && step.isOver)).toEqual(
    [true, true, true],
  );
});

test('A very long result of a tool is cut to 2,000 characters', () => {
  const [step] = parseSteps([call({}), message('tool_response', 'x'.repeat(1_000_000))]);
  expect(step?.kind === 'tool' && step.result?.length).toBe(2_000);
});
