// @vitest-environment node
/** The code that explains a failure is loaded on the first failure. If it cannot be loaded, the bare failure remains. */
import { expect, it, vi } from 'vitest';
import { requestToken } from '../../../../src/token/request/endpoint-request.js';
import { VirtualTime } from '../../../support/virtual-time.js';

vi.mock('../../../../src/token/request/refusal.js', () => Promise.reject(new Error('offline')));
vi.mock('../../../../src/token/request/redirect.js', () => Promise.reject(new Error('offline')));

function ask(response: Response) {
  const { clock, timers } = new VirtualTime();
  return requestToken(
    {
      endpoint: 'https://shop.example/token',
      credentials: 'same-origin',
      body: { reason: 'initial' },
      signal: new AbortController().signal,
    },
    { fetch: () => Promise.resolve(response), clock, timers, pageOrigin: 'https://shop.example' },
  );
}

it('An error response means what its status says if the code that explains it cannot be loaded', async () => {
  expect(await ask(Response.json({ error: 'forbidden_origin' }, { status: 403 }))).toMatchObject({
    ok: false,
    error: { kind: 'terminal', code: 'forbidden', message: 'The token endpoint answered 403: this visitor may not use the chat.' },
  });
});

it('A redirect signs the visitor out if the code that explains it cannot be loaded', async () => {
  expect(await ask(new Response(null, { status: 302 }))).toEqual({
    ok: false,
    error: { kind: 'terminal', code: 'signed_out', message: 'The token endpoint redirects.' },
  });
});
