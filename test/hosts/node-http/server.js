import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cozeChat } from './coze-chat.js';

const page = readFileSync('index.html');

const server = createServer((request, response) => {
  if (request.url.startsWith('/coze/')) return cozeChat(request, response);
  response.setHeader('content-type', 'text/html');
  response.end(page);
});
server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`));
