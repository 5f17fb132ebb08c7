/** N5: the doctor notices that the body of a request does not reach the endpoint, tested behind real body parsers on real sockets. */
import { createServer, type RequestListener, type Server } from 'node:http';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { anonymousVisitor, type TokenEndpoint } from '../../../src/server/index.js';
import { listen } from '../../support/loopback.js';
import { diagnose } from '../../unit/cli/arrange.js';
import { arrange } from '../../unit/server/arrange.js';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function examine(listener: RequestListener, args: readonly string[] = [], fetch = globalThis.fetch) {
  const server = createServer(listener);
  servers.push(server);
  const diagnosis = await diagnose(['--endpoint', `${await listen(server)}/token`, ...args], { fetch });
  return { diagnosis, body: diagnosis.find('endpoint-body') };
}

function behind(endpoint: TokenEndpoint, ...before: readonly express.RequestHandler[]): RequestListener {
  const app = express();
  for (const handler of before) app.use(handler);
  app.all('/token', endpoint);
  return app;
}

/** Parses the body and stores it where the endpoint does not look. */
const useUp: express.RequestHandler = (request, _response, next) => {
  request.resume().once('end', next);
};
/** Like a cloud function that passes on the headers, but no body. */
const empty: express.RequestHandler = (request, response, next) => {
  delete request.headers['content-length'];
  useUp(request, response, next);
};

const signedIn = () => arrange().endpoint;
const nobody = () => arrange({ identify: () => null }).endpoint;
const anonymous = () =>
  arrange({ identify: anonymousVisitor({ cookieSecret: 'a secret of at least thirty-two bytes, for tests' }) }).endpoint;

test.each([
  ['visitors who are signed in', signedIn],
  ['nobody signed in', nobody],
  ['anonymous visitors', anonymous],
])('The doctor reports that the body arrives at an endpoint with %s that has no parser in front', async (_case, endpoint) => {
  expect((await examine(behind(endpoint()))).body.status).toBe('ok');
});

test.each([
  ['visitors who are signed in', signedIn],
  ['nobody signed in', nobody],
  ['anonymous visitors', anonymous],
])('The doctor says what to change if a handler in front of an endpoint with %s consumes or drops the body', async (_case, endpoint) => {
  for (const [before, explanation] of [
    [useUp, /does not get the JSON/],
    [empty, /empty body/],
  ] as const) {
    const { diagnosis, body } = await examine(behind(endpoint(), before));
    expect(diagnosis.exitCode).toBe(1);
    expect(body).toMatchObject({
      status: 'failed',
      explanation: expect.stringMatching(explanation),
      remedy: expect.stringMatching(/above body parsers such as express\.json\(\)/),
    });
  }
});

test('The doctor warns about a body parser in front that responds in place of the endpoint', async () => {
  const { body } = await examine(behind(signedIn(), express.json()));
  expect(body).toMatchObject({ status: 'warning', remedy: expect.stringMatching(/above body parsers/) });
});

test('The doctor says that the body may have been consumed if an endpoint responds to GET but never to POST', async () => {
  const fetch: typeof globalThis.fetch = (input, init) =>
    init?.method === 'POST' ? Promise.reject(new DOMException('', 'TimeoutError')) : globalThis.fetch(input, init);
  const { diagnosis, body } = await examine(behind(signedIn()), [], fetch);
  expect(body.status).toBe('skipped');
  expect(diagnosis.find('endpoint-answers')).toMatchObject({ status: 'failed', explanation: expect.stringMatching(/used up/) });
});

test('The doctor skips the check for another implementation of the endpoint that reads no body', async () => {
  const { body } = await examine((request, response) => {
    request.resume();
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    response.writeHead(request.method === 'POST' ? 401 : 405, headers).end('{"error":"unauthenticated"}');
  });
  expect(body.status).toBe('skipped');
});
