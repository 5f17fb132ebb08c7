/** Ten ways in which public pages embed Coze's own client, with only the script's URL changed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { clientLine, type ClientPage, loadByScript, openClientPage, PERSONAL_TOKEN, tutorialClient } from './support/client-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

async function openAndAsk({ chat }: ClientPage, text = 'good day'): Promise<void> {
  await chat().element.getByRole('button', { name: 'Open chat' }).click();
  await chat().ask(text);
}

test('1: The tutorial’s page has the visitor’s own chat, and the console says once why its token is refused', async () => {
  const opened = await openClientPage(world, { body: `${clientLine(world)}<script>${tutorialClient(world)}</script>` });
  await openAndAsk(opened);
  const refusals = opened.printed.filter((line) => line.includes('WebChatClient: auth.token '));
  expect(refusals).toEqual([expect.stringMatching(/personal access token.*Delete it in Coze.*auth\.tokenEndpoint.*guide\/migration/)]);
  expect(opened.printed.join()).not.toContain(PERSONAL_TOKEN);
  expect(world.coze.requests.every(({ sessionName }) => sessionName !== undefined)).toBe(true);
  expect(await opened.page.locator('coze-chat').evaluate((chat) => chat.outerHTML)).not.toContain('pat_');
});

test('2: An effect of React in strict mode, which runs twice, leaves one chat', async () => {
  const react = (name: string): string => {
    const file = createRequire(import.meta.url)
      .resolve(`${name}/package.json`)
      .replace('package.json', `umd/${name}.development.js`);
    return `<script>${readFileSync(file, 'utf8').replaceAll('</script', '<\\/script')}</script>`;
  };
  const app = `<script>
    function App() {
      React.useEffect(() => {
        let client, isGone = false;
        ${loadByScript(world, `if (!isGone) client = ${tutorialClient(world)};`)}
        return () => { isGone = true; client?.destroy(); script.remove(); };
      }, []);
      return React.createElement('h2', null, 'App');
    }
    ReactDOM.createRoot(document.getElementById('root')).render(React.createElement(React.StrictMode, null, React.createElement(App)));
  </script>`;
  const opened = await openClientPage(world, { body: `<div id="root"></div>${react('react')}${react('react-dom')}${app}` });
  await openAndAsk(opened);
  expect(await opened.page.locator('coze-chat').count()).toBe(1);
});

test('3: A Vue component creates a chat when it is mounted, and removes it when it is unmounted', async () => {
  const vue = readFileSync(new URL('../types/node_modules/vue/dist/vue.global.prod.js', import.meta.url), 'utf8');
  const app = `<script>
    const Chat = {
      render: () => Vue.h('h2', 'Chat'),
      mounted() { ${loadByScript(world, `this.client = ${tutorialClient(world)};`)} },
      beforeUnmount() { this.client.destroy(); },
    };
    window.shown = Vue.ref(true);
    Vue.createApp({ render: () => (shown.value ? Vue.h(Chat) : Vue.h('h2', 'No chat')) }).mount('#root');
  </script>`;
  const opened = await openClientPage(world, { body: `<div id="root"></div><script>${vue}</script>${app}` });
  await openAndAsk(opened);
  await opened.page.evaluate('shown.value = false');
  await expect.poll(() => opened.page.locator('coze-chat').count()).toBe(0);
});

test('4: A client module as in Docusaurus keeps its chat while the site’s router changes the page', async () => {
  const module = `<script type="module">
    ${loadByScript(world, tutorialClient(world))}
    addEventListener('popstate', () => { document.getElementById('__docusaurus').textContent = location.pathname; });
  </script>`;
  const opened = await openClientPage(world, { body: `<div id="__docusaurus">Start</div>${module}` });
  await openAndAsk(opened, 'of the fourth page');
  await opened.page.evaluate(() => {
    history.pushState(null, '', '/docs/next');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await opened.page.getByText('/docs/next').waitFor();
  await opened.chat().ask('good evening');
  expect(await opened.chat().text()).toContain('of the fourth page');
});

test('5: Several clients have separate chats, and the list of clients contains those on the page', async () => {
  const second = `new CozeWebSDK.WebChatClient({
    config: { bot_id: '${world.coze.secondBotId}' },
    auth: { type: 'token', tokenEndpoint: '/visitors/right/api/coze/token' },
    ui: { chatBot: { title: 'Second' } },
  })`;
  const opened = await openClientPage(world, {
    body: `${clientLine(world)}<script>const first = ${tutorialClient(world)}, second = ${second};</script>`,
  });
  await opened.page.evaluate('second.showChatBot()');
  await opened.chat(1).ask('good night');
  expect(await opened.chat(1).element.getByRole('dialog', { name: 'Second' }).isVisible()).toBe(true);
  expect(await opened.page.evaluate('[CozeWebSDK.WebChatClient.clients.length, first.chatClientId === second.chatClientId]')).toEqual([
    2,
    false,
  ]);
  await opened.page.evaluate('second.destroy()');
  expect(await opened.page.evaluate('[CozeWebSDK.WebChatClient.clients.length, CozeWebSDK.WebChatClient.clients[0] === first]')).toEqual([
    1,
    true,
  ]);
});

test('6: The language can be changed later, by setLang(), by the element or by a new client', async () => {
  const opened = await openClientPage(world, { body: `${clientLine(world)}<script>let client = ${tutorialClient(world)};</script>` });
  await openAndAsk(opened, 'of the sixth page');
  await opened.page.evaluate("client.element.locale = 'zh-CN'");
  await opened.chat().element.getByRole('button', { name: '关闭聊天' }).first().waitFor();
  await opened.page.evaluate("client.setLang('ja')");
  await opened.chat().element.getByRole('button', { name: 'チャットを閉じる' }).first().waitFor();
  await opened.page.evaluate(`client.destroy(); client = ${tutorialClient(world, 'base: { lang: "zh-CN" }')}; client.showChatBot()`);
  await opened.chat().untilIdle();
  expect(await opened.chat().text()).toContain('of the sixth page');
  expect(await opened.chat().frame.locator('html').getAttribute('lang')).toBe('zh-CN');
});

test('7: A button of the page replaces the launcher, and callbacks run before and after opening and closing', async () => {
  const ui = `asstBtn: { isNeed: false }, chatBot: {
    onBeforeShow: async () => { calls.push('before show'); return allowed; },
    onShow: () => calls.push('show'),
    onBeforeHide: () => { calls.push('before hide'); },
    onHide: () => calls.push('hide'),
  }`;
  const page = `<button id="own">Ask us</button>${clientLine(world)}<script>
    window.calls = []; window.allowed = false;
    const client = ${tutorialClient(world, ui)};
    own.onclick = () => client.showChatBot();
  </script>`;
  const opened = await openClientPage(world, { body: page });
  expect(await opened.chat().element.getByRole('button', { name: 'Open chat' }).count()).toBe(0);
  await opened.page.getByRole('button', { name: 'Ask us' }).click();
  await expect.poll(() => opened.page.evaluate('calls')).toEqual(['before show']);
  expect(await opened.page.evaluate('client.element.open')).toBe(false);
  await opened.page.evaluate('allowed = true');
  await opened.page.getByRole('button', { name: 'Ask us' }).click();
  await opened.chat().ask('good day');
  await opened.chat().element.getByRole('button', { name: 'Close chat' }).click();
  await expect.poll(() => opened.page.evaluate('calls')).toEqual(['before show', 'before show', 'show', 'before hide', 'hide']);
  expect(await opened.page.evaluate('client.element.open')).toBe(false);
});

test('8: The chat fills ui.chatBot.el, and waits for showChatBot() if the page has no launcher', async () => {
  const ui = `asstBtn: { isNeed: false }, chatBot: { width: 100, el: document.getElementById('box'), onShow: () => (window.shown = true) }`;
  const opened = await openClientPage(world, {
    body: `<div id="box" style="width: 500px; height: 400px"></div>${clientLine(world)}<script>const client = ${tutorialClient(world, ui)};</script>`,
  });
  expect(await opened.page.locator('coze-chat').count()).toBe(0);
  await opened.page.evaluate('client.showChatBot()');
  await opened.chat().ask('of the eighth page');
  expect(await opened.page.locator('#box > coze-chat').boundingBox()).toMatchObject({ width: 500, height: 400 });
  expect(await opened.page.evaluate('window.shown')).toBe(true);
  await opened.page.evaluate('client.hideChatBot()');
  await opened.chat().element.waitFor({ state: 'hidden' });
  await opened.page.evaluate('client.showChatBot()');
  expect(await opened.chat().text()).toContain('of the eighth page');
});

test('9: The former options of the first versions create an inline chat', async () => {
  const client = `new CozeWebSDK.WebChatClient({
    config: { botId: '${world.coze.botId}' },
    el: document.getElementById('box'),
    componentProps: { title: 'Former', lang: 'en', uploadable: false },
  })`;
  const opened = await openClientPage(world, { body: `<div id="box"></div>${clientLine(world)}<script>${client}</script>` });
  const { element, frame, input } = opened.chat();
  await input.waitFor();
  expect(await element.getByRole('region', { name: 'Former' }).isVisible()).toBe(true);
  expect(await frame.getByRole('button', { name: 'Add a file' }).count()).toBe(0);
  expect((await opened.page.locator('#box > coze-chat').boundingBox())?.height).toBe(600);
});

test('10: A destroyed client leaves nothing, and another one in its place has the visitor’s conversation', async () => {
  const opened = await openClientPage(world, { body: `${clientLine(world)}<script>let client = ${tutorialClient(world)};</script>` });
  await openAndAsk(opened, 'of the tenth page');
  await opened.page.evaluate('client.destroy(); client.showChatBot()');
  expect(
    await opened.page.evaluate("[document.querySelectorAll('coze-chat, iframe').length, CozeWebSDK.WebChatClient.clients.length]"),
  ).toEqual([0, 0]);
  await opened.page.evaluate(`client = ${tutorialClient(world)}; client.showChatBot()`);
  await opened.chat().untilIdle();
  await opened.chat().frame.getByText('You said: of the tenth page').waitFor();
});

test('A page’s own function can give each visitor a token, and the console says once what a bare token lacks', async () => {
  const client = `new CozeWebSDK.WebChatClient({
    config: { bot_id: '${world.coze.botId}', apiBaseUrl: '${world.coze.origin}' },
    auth: { type: 'token', token: '', onRefreshToken: async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/visitors/left/api/coze/token', { method: 'POST', headers, body: '{"reason":"initial"}' });
      return (await answer.json()).access_token;
    } },
  })`;
  const line = '<script src="/coze-chat-embed/webchatclient.js"></script>';
  const opened = await openClientPage(world, { body: `${line}<script>const client = ${client};</script>` });
  await openAndAsk(opened);
  expect(opened.printed.filter((text) => text.includes('bare token'))).toHaveLength(1);
  expect(await opened.page.evaluate('client.getToken()')).toMatch(/^czs_/);
  expect(opened.printed.join()).not.toContain('czs_');
});

test('A personal access token that the page’s function returns is not used', async () => {
  const client = `new CozeWebSDK.WebChatClient({
    config: { bot_id: '${world.coze.botId}', apiBaseUrl: '${world.coze.origin}' },
    auth: { type: 'token', onRefreshToken: () => '${PERSONAL_TOKEN}' },
  })`;
  const line = '<script src="/coze-chat-embed/webchatclient.js"></script>';
  const opened = await openClientPage(world, { body: `${line}<script>const client = ${client};</script>` });
  await opened.page.evaluate('client.showChatBot()');
  await opened.chat().untilStatus('failed');
  expect(opened.printed.filter((text) => text.includes('auth.onRefreshToken gives a personal access token'))).toHaveLength(1);
  expect(opened.printed.join()).not.toContain(PERSONAL_TOKEN);
  expect(world.coze.requests).toEqual([]);
});

test('Other members of Coze’s global are kept, and a script that runs twice keeps the existing clients', async () => {
  const opened = await openClientPage(world, {
    body: `<script>window.CozeWebSDK = { Card: 'theirs' };</script>${clientLine(world)}<script>const first = ${tutorialClient(world)};</script>${clientLine(world)}`,
  });
  expect(await opened.page.evaluate('[CozeWebSDK.Card, CozeWebSDK.WebChatClient.clients[0] === first]')).toEqual(['theirs', true]);
});
