/** Our own endpoint as a program, like the others. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenEndpoint, fromCozeOAuthConfig } from '../../src/server/index.js';

const sessions = new Map(Object.entries(JSON.parse(process.env['SESSIONS'] ?? '{}') as Record<string, string>));

const tokenEndpoint = createTokenEndpoint({
  oauth: fromCozeOAuthConfig(process.env['COZE_OAUTH_CONFIG'] ?? ''),
  identify: ({ headers }) => {
    const [, sessionId = ''] = /(?:^|; )session_id=([^;]*)/.exec(headers.get('cookie') ?? '') ?? [];
    const id = sessions.get(sessionId);
    return id === undefined ? null : { id };
  },
  rateLimit: false,
});

const server = createServer((request, response) => void tokenEndpoint(request, response));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
