import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { readBoundedText } from '../../../src/core/bounded-body.js';
import { parseJson } from '../../../src/core/values/parse-json.js';

function bodyOf(...chunks: readonly (readonly number[])[]): ReadableStream<Uint8Array> {
  return new Response(new Blob([Uint8Array.from(chunks.flat())])).body ?? new ReadableStream();
}

describe('A body with a size limit', () => {
  it('A body is read as text up to the size limit', async () => {
    expect(await readBoundedText(new Response('é!').body, 3)).toEqual({ ok: true, value: 'é!' });
    expect(await readBoundedText(new Response('éé').body, 3)).toEqual({ ok: false, error: 'too_large' });
    expect(await readBoundedText(null, 3)).toEqual({ ok: true, value: '' });
  });

  it('A character that is split between two chunks is put together', async () => {
    const chunks = [Uint8Array.of(0xc3), Uint8Array.of(0xa9)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    });
    expect(await readBoundedText(body, 10)).toEqual({ ok: true, value: 'é' });
  });

  it('A body that is not UTF-8 is no text', async () => {
    expect(await readBoundedText(bodyOf([0x61, 0xff]), 10)).toEqual({ ok: false, error: 'not_utf8' });
  });

  it('A body is not read beyond the size limit, and its stream is cancelled', async () => {
    const cancel = vi.fn();
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(new Uint8Array(4)));
    const body = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
    expect(await readBoundedText(body, 10)).toEqual({ ok: false, error: 'too_large' });
    expect([pull.mock.calls.length, cancel.mock.calls.length]).toEqual([3, 1]);
  });

  it('A body in chunks of one byte takes no more memory than in one chunk', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const chunks: WeakRef<Uint8Array>[] = [];
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      const chunk = Uint8Array.of(0x61);
      chunks.push(new WeakRef(chunk));
      controller.enqueue(chunk);
      if (chunks.length < 100) return;
      await setImmediate();
      collect();
      controller.close();
    };
    const text = await readBoundedText(new ReadableStream({ pull }, { highWaterMark: 0 }), 100);
    expect([text, chunks.filter((chunk) => chunk.deref() !== undefined).length < 10]).toEqual([{ ok: true, value: 'a'.repeat(100) }, true]);
  });
});

describe('JSON', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['\uFEFFnull', null],
  ])('The text %j is parsed', (text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  it.each(['', '{', '\uFEFF', ' \uFEFF1'])('The text %j is no JSON', (text) => {
    expect(parseJson(text)).toEqual({ ok: false, error: 'not_json' });
  });
});
