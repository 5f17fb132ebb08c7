/** Chats under exactly the CSP that the preview page generates for their settings. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, type PolicySettings } from '../../demo/page/content-security-policy.js';
import type { CozeChatElement } from '../../src/index.js';
import { watchViolations } from './support/browser-reports.js';
import type { ChatPage } from './support/chat-page.js';
import { loadWithVoice, speak } from './support/voice.js';
import { type OpenOptions, setUpWorld, type World } from './support/world.js';

const PICTURE = fileURLToPath(new URL('./support/picture.png', import.meta.url));
const NONCE = 'r4nd0m';
const ELSEWHERE = 'https://elsewhere.example';

let world: World;
setUpWorld((created) => (world = created));

/** Everything on the page's own origin, with all features of a chat, and Trusted Types. */
const settings = (changes: Partial<PolicySettings> = {}): PolicySettings => ({
  pageUrl: world.host.origin,
  filesUrl: '/coze-chat-embed/define.js',
  frameSrc: '',
  tokenEndpoint: '/visitors/left/api/coze/token',
  apiBaseUrl: world.coze.origin,
  pictures: [],
  nonce: '',
  uploads: true,
  voiceInput: false,
  readAloud: false,
  trustedTypes: true,
  ...changes,
});

const headersOf = (directives: readonly string[]) => ({ 'content-security-policy': directives.join('; ') });

interface WatchedPage {
  readonly page: ChatPage;
  /** Violations of the CSP so far, of the page and of the first chat. */
  violations(): Promise<readonly string[]>;
}

async function openUnder(policy: PolicySettings, options: OpenOptions): Promise<WatchedPage> {
  const headers = headersOf(contentSecurityPolicy(policy));
  const page = await world.open({ ...options, headers });
  const violations = await watchViolations(page.page);
  await page.load();
  return { page, violations: () => violations(page.chat().frame.locator('body')) };
}

async function askForEverything({ page }: WatchedPage): Promise<void> {
  for (const topic of ['table', 'code', 'list', 'tasks', 'image', 'link']) await page.chat().exchange(topic);
  await page.chat().ask('still here');
}

test('A bubble whose scripts and styles have a nonce needs no origin for them in the policy', async () => {
  const watched = await openUnder(settings({ nonce: NONCE }), {
    signedIn: { left: 'alice' },
    nonce: NONCE,
    attributes: { mode: 'bubble', nonce: NONCE },
  });
  const chat = watched.page.chat();
  await chat.element.evaluate((element: CozeChatElement) => element.show());
  await askForEverything(watched);
  await chat.element.evaluate((element: CozeChatElement) => element.hide());
  expect(await watched.violations()).toEqual([]);
});

test('An inline chat works under its policy with files and a token endpoint of other origins, uploads and voice', async () => {
  const files = world.host.origin.replace('localhost', '127.0.0.1');
  const tokenEndpoint = `${ELSEWHERE}/token`;
  const policy = settings({ filesUrl: files, tokenEndpoint, voiceInput: true, readAloud: true });
  const watched = await openUnder(policy, {
    signedIn: { left: 'alice' },
    filesOrigin: files,
    attributes: { 'token-endpoint': tokenEndpoint },
    expectedErrors: [/elsewhere\.example/],
  });
  const { page } = watched;
  await page.page.route(tokenEndpoint, async (route) => {
    const url = `${world.host.origin}/visitors/left/api/coze/token`;
    const body = await page.page.context().request.post(url, { data: {}, headers: { 'sec-fetch-site': 'same-origin' } });
    await route.fulfill({
      json: await body.json(),
      headers: { 'access-control-allow-origin': world.host.origin, 'access-control-allow-headers': 'content-type' },
    });
  });
  await loadWithVoice(page);
  const chat = page.chat();
  await chat.untilIdle();
  const chooser = page.page.waitForEvent('filechooser');
  await chat.frame.getByRole('button', { name: 'Add a file' }).click();
  await (await chooser).setFiles({ name: 'harbour.png', mimeType: 'image/png', buffer: readFileSync(PICTURE) });
  await chat.frame.getByText('harbour.png').first().waitFor();
  await chat.ask('read this to me, it is long enough to be stopped in the middle of it');
  await chat.frame.getByRole('button', { name: 'Read aloud' }).last().click();
  await chat.frame.getByRole('button', { name: 'Stop reading' }).click();

  world.coze.setFaults({ transcript: 'what is the time' });
  await speak(page);
  await chat.answerTo('what is the time').waitFor();
  expect(await watched.violations()).toEqual([]);
});

test('A full-page, a signed-out and a failed chat work under their policy, which still forbids foreign pictures', async () => {
  const watched = await openUnder(settings(), {
    signedIn: { left: 'alice', right: 'bob' },
    attributes: { mode: 'page' },
    paneAttributes: {
      right: { mode: 'inline', 'bot-id': '404' },
    },
    body: '<coze-chat id="nobody" mode="inline" token-endpoint="/visitors/nobody/api/coze/token" bot-id="1"></coze-chat>',
    expectedErrors: [/status of 40\d/, /^coze-chat/, /elsewhere\.example/],
  });
  const { page } = watched;
  await page.chat('right').untilStatus('failed');
  await page.chat('nobody').untilStatus('signed-out');
  await askForEverything(watched);
  expect(await watched.violations()).toEqual([]);

  const inFrame = (body: HTMLElement, url: string): void => {
    body.appendChild(document.createElement('img')).src = url;
  };
  await page.chat().frame.locator('body').evaluate(inFrame, `${ELSEWHERE}/picture.png`);
  await expect.poll(async () => (await watched.violations()).join()).toMatch(/^img-src https:\/\/elsewhere\.example/);
});

test.each([
  ['connect-src', () => world.coze.origin, /^chat_failed: No answer of the Coze API came from http.* \(connect-src\)\.$/],
  ['style-src', () => "'self'", /^frame_unavailable: The chat's styles did not come from http.*\.css\. .* \(style-src\)\.$/],
])('A policy whose %s omits the chat is reported as the problem', async (name, forgotten, problem) => {
  const directives = contentSecurityPolicy(settings()).map((directive) =>
    directive.startsWith(name) ? directive.replace(forgotten(), "'none'") : directive,
  );
  const page = await world.open({ signedIn: { left: 'alice' }, headers: headersOf(directives), expectedErrors: [/./] });
  const reported = page.chat().element.evaluate((element: CozeChatElement) => {
    const failure = new Promise((resolve) => element.addEventListener('coze-error', ({ code, message }) => resolve(`${code}: ${message}`)));
    element.reload();
    return failure;
  });
  expect(await reported).toMatch(problem);
});
