import { readFileSync } from 'node:fs';
import { anonymousVisitor, createCozeChat } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';

const page = readFileSync('index.html', 'utf8');
const cozeChat = createCozeChat({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: anonymousVisitor({ cookieSecret: process.env.VISITOR_COOKIE_SECRET ?? '' }),
});

const server = Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  hostname: '127.0.0.1',
  fetch: (request) =>
    new URL(request.url).pathname.startsWith('/coze/')
      ? cozeChat(request)
      : new Response(page, { headers: { 'content-type': 'text/html' } }),
});
console.log(`http://localhost:${server.port}`);
