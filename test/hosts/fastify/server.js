import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { cozeChatRoutes } from './coze-chat.js';

const page = readFileSync('index.html', 'utf8');

const app = Fastify();
await app.register(cozeChatRoutes);
app.get('/', (_request, reply) => reply.type('text/html').send(page));
console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }));
