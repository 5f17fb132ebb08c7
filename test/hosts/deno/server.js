import { readFileSync } from 'node:fs';
import process from 'node:process';
import { anonymousVisitor, createCozeChat } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';

const page = readFileSync('index.html', 'utf8');
const cozeChat = createCozeChat({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: anonymousVisitor({ cookieSecret: process.env.VISITOR_COOKIE_SECRET ?? '' }),
});

Deno.serve(
  { port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1', onListen: ({ port }) => console.log(`http://localhost:${port}`) },
  (request) =>
    new URL(request.url).pathname.startsWith('/coze/')
      ? cozeChat(request)
      : new Response(page, { headers: { 'content-type': 'text/html' } }),
);
