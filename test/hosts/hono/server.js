import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cozeChat } from './coze-chat.js';

const page = readFileSync('index.html', 'utf8');

const app = new Hono();
app.all('/coze/*', ({ req }) => cozeChat(req.raw));
app.get('/', (context) => context.html(page));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://localhost:${port}`),
);
