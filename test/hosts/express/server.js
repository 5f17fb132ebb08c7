import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createTokenEndpoint } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';
import express from 'express';
import session from 'express-session';
import { page } from './page.js';

const tokenEndpoint = createTokenEndpoint({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: (_request, _claims, { incoming }) => {
    const { user } = incoming.session;
    return user === undefined ? null : { id: user };
  },
});
const chatFiles = dirname(fileURLToPath(import.meta.resolve('coze-chat-embed/embed.js')));

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.all('/api/coze/token', getRequestListener(tokenEndpoint));
app.use('/coze-chat-embed', express.static(chatFiles));
app.use(express.urlencoded());

app.get('/', (request, response) => response.send(page(request.session.user)));
app.post('/log-in', (request, response) => {
  request.session.user = request.body.user;
  response.redirect(303, '/');
});
app.post('/log-out', (request, response) => request.session.destroy(() => response.redirect(303, '/')));

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`));
