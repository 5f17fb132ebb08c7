/**
 * The minimal token endpoint: an assertion signed by jose, the exchange at Coze, and Coze's response unchanged. It identifies no visitor
 * and checks nothing. It takes the variables of `serve`, prints its origin like `serve`, and has its processor time at `/metrics`.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importPKCS8, SignJWT } from 'jose';

interface OAuthConfig {
  readonly client_id: string;
  readonly coze_api_base: string;
  readonly private_key: string;
  readonly public_key_id: string;
}

const config = JSON.parse(process.env['COZE_OAUTH_CONFIG'] ?? '{}') as OAuthConfig;
const key = await importPKCS8(config.private_key, 'RS256');
let visitors = 0;

async function exchange(): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ session_name: `visitor-${++visitors}` })
    .setProtectedHeader({ alg: 'RS256', kid: config.public_key_id, typ: 'JWT' })
    .setIssuer(config.client_id)
    .setAudience(new URL(config.coze_api_base).host)
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .setJti(randomUUID())
    .sign(key);
  const response = await fetch(`${config.coze_api_base}/api/permission/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${assertion}` },
    body: JSON.stringify({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', duration_seconds: 3600 }),
  });
  if (!response.ok) throw new Error(`Coze answered ${response.status}.`);
  return response.text();
}

function processorSeconds(): string {
  const { user, system } = process.cpuUsage();
  return `process_cpu_seconds_total ${(user + system) / 1e6}\n`;
}

const server = createServer((request, response) => {
  if (request.url === '/metrics') return void response.end(processorSeconds());
  request.resume();
  exchange().then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(answer),
    () => response.writeHead(502).end(),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
