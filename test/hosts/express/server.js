import { createCozeChat } from 'coze-chat-embed/server';
import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';
import express from 'express';
import session from 'express-session';
import { page } from './page.js';

const cozeChat = createCozeChat({
  oauth: readCozeOAuthConfig('coze_oauth_config.json'),
  identify: (_request, _claims, { incoming }) => {
    const { user } = incoming.session;
    return user === undefined ? null : { id: user };
  },
});

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.use('/coze', cozeChat);
app.use(express.urlencoded());

app.get('/', (request, response) => response.send(page(request.session.user)));
app.post('/log-in', (request, response) => {
  request.session.user = request.body.user;
  response.redirect(303, '/');
});
app.post('/log-out', (request, response) => request.session.destroy(() => response.redirect(303, '/')));

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`));
