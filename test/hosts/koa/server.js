const { readFileSync } = require('node:fs');
const Koa = require('koa');
const { cozeChatRoutes } = require('./coze-chat.mjs');

const page = readFileSync('index.html', 'utf8');
const port = Number(process.env.PORT ?? 3000);

const app = new Koa();
app.use(cozeChatRoutes);
app.use((context) => {
  if (context.path === '/') context.body = page;
});
app.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}`));
