import { Agent, createServer, request as httpRequest } from 'node:http';
import { createCozeChat } from '../../../src/server/index.js';
import { close, listen } from '../../support/loopback.js';
import { createServedPackage, FILES } from '../../support/served-package.js';
import { quickApp } from '../../unit/server/arrange.js';
import { type Claim, pick } from './claim.js';

const PREFIX = '/coze';

const names = [
  ...Object.keys(FILES),
  'served-files.json',
  'server.js',
  'cli.js',
  'coze_oauth_config.json',
  'frame/.env',
  'frame/link-44444444.js',
];
const outside = [
  'secret.txt',
  'etc/passwd',
  'dist/server.js',
  'proc/self/environ',
  'Windows/win.ini',
  'package.json',
  'frame/up/secret.txt',
];
const steps = [
  '..',
  '.',
  '',
  '%2e%2e',
  '%2E.',
  '..%2f',
  '%2f',
  '%5c',
  '..%5c',
  '\\',
  '..\\',
  '%252e%252e',
  '%252f',
  '%c0%ae%c0%ae',
  '%c0%af',
];
const spoils = [
  '%00',
  '%00.js',
  '%0a',
  '%20',
  '.',
  '::$DATA',
  '~1',
  ';a',
  '?x=1',
  '?/../../secret.txt',
  '%',
  '%zz',
  '/',
  '//',
  '.br',
  '.gz',
  '%ef%bc%8e',
];
const starts = [
  '/',
  '//',
  '/coze/',
  '/coze//',
  '/coze/frame/',
  '/COZE/',
  '/coze',
  '/coze/C:/',
  '/coze/C%3A%5c',
  '/coze/file:///',
  '/coze/%2e/',
  'http://x.example/coze/',
];

type Random = () => number;

/** Most targets are similar to the name of a file. */
function anyTarget(random: Random): string {
  const way = Array.from({ length: Math.floor(random() * 5) }, () => pick(random, steps));
  const name = random() < 0.6 ? pick(random, names) : pick(random, outside);
  const written = random() < 0.3 ? encodeSome(name, random) : name;
  const target = `${pick(random, starts)}${way.join(random() < 0.8 ? '/' : '')}${random() < 0.5 ? '/' : ''}${written}`;
  const spoiled = random() < 0.4 ? target + pick(random, spoils) : target;
  return random() < 0.4 ? `${PREFIX}/${written}` : spoiled;
}

function encodeSome(name: string, random: Random): string {
  const encode = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return [...name].map((character) => (random() < 0.3 ? encode(character) : character)).join('');
}

/** Normalises a path as in RFC 3986. The host of an absolute target does not count (RFC 9112 section 3.2.2). */
function nameOf(target: string): string {
  const url = new URL('http://site.example');
  [url.pathname = ''] = target.replace('http://x.example', '').split('?');
  return url.pathname.startsWith(`${PREFIX}/`) ? url.pathname.slice(`${PREFIX}/`.length) : '';
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends a target that HTTP clients would normalise. */
function askOnTheWire(origin: string, path: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(origin, { path, agent }, (response) => {
      let body = '';
      response.setEncoding('latin1').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

export const paths: Claim = {
  claim: 'whatever path is asked for, a 200 is one of the files that were built, under its name and byte for byte',
  times: 100_000,
  check: async (times, random, refute) => {
    const served = createServedPackage();
    const chat = createCozeChat({ oauth: quickApp, identify: () => null, files: served.url, path: PREFIX, onEvent: () => undefined });
    const server = createServer((incoming, outgoing) => void chat(incoming, outgoing));
    const origin = await listen(server);
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const statuses: Record<number, number> = {};
    const askOnce = async (): Promise<void> => {
      // Backslashes are not allowed in a target on the wire (RFC 9112), and the parser rejects them.
      const target = anyTarget(random).replaceAll('\\', '%5c');
      const { status, body } = await askOnTheWire(origin, target, agent);
      statuses[status] = (statuses[status] ?? 0) + 1;
      const name = nameOf(target);
      if (status === 200 && (FILES[name] === undefined || body !== FILES[name])) refute(`${target} is answered with ${body.slice(0, 40)}`);
      if (![200, 404].includes(status)) refute(`${target} is answered with ${status}`);
    };
    for (let start = 0; start < times; start += 16) {
      await Promise.all(Array.from({ length: Math.min(16, times - start) }, askOnce));
    }
    agent.destroy();
    await close(server);
    served.remove();
    if ((statuses[200] ?? 0) < times / 20) refute('hardly a file was ever answered');
    return { statuses };
  },
};
