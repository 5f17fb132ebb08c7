/** H4: the examples of CommonMark's specification as answers, under exactly the CSP in the documentation. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { watchViolations } from '../../e2e/support/browser-reports.js';
import type { ChatPage } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';
import { examples, hasDefinition, toVisibleWords, toWords } from '../../support/commonmark.js';
import { codeBlocksIn } from '../../support/markdown.js';

/** The number of answers that the chat loads at once. */
const ANSWERS_AT_ONCE = 7;

let world: World;
setUpWorld((created) => (world = created));

const [POLICY = ''] = codeBlocksIn(readFileSync('demo/docs/en/guide/csp.md', 'utf8'), 'Content security policy', 'text');

/**
 * Each section of the specification is one answer: a construct that an example leaves open continues into the next, as in a bot's answer.
 */
const sections = [...new Set(examples.map(({ section }) => section))].map((name) => {
  const all = examples.filter(({ section }) => section === name);
  const isReadable = (example: (typeof all)[number]): boolean => !hasDefinition(example) && !example.html.includes('<img');
  return {
    name,
    markdown: `${name}.\n\n${all.map(({ markdown }) => markdown).join('\n\n')}`,
    present: all.filter(isReadable).flatMap(toVisibleWords),
  };
});

interface WatchedPage {
  readonly page: ChatPage;
  /** Violations of the CSP so far, except pictures of other hosts, which are expected. */
  violations(): Promise<readonly string[]>;
}

async function openUnderPolicy(): Promise<WatchedPage> {
  const headers = { 'content-security-policy': POLICY.replaceAll('https://api.coze.cn', world.coze.origin).replaceAll('\n', ' ') };
  const page = await world.open({ signedIn: { left: 'alice' }, headers, expectedErrors: [/img-src/, /status of 404/] });
  const violations = await watchViolations(page.page);
  return {
    page,
    async violations() {
      const all = await violations(page.chat().frame.locator('body'));
      return all.filter((report) => !report.startsWith('img-src '));
    },
  };
}

/** A conversation in which Alice has received all these answers. */
async function answerAlice({ page, url }: ChatPage, answers: readonly string[]): Promise<void> {
  const { request } = page.context();
  const endpoint = `${new URL(url).origin}/visitors/left/api/coze/token`;
  const token = await request.post(endpoint, { data: {}, headers: { 'sec-fetch-site': 'same-origin' } });
  const { access_token: accessToken } = (await token.json()) as { readonly access_token: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  const ids = { bot_id: world.coze.botId, connector_id: '999' };
  const created = await request.post(`${world.coze.origin}/v1/conversation/create`, { headers, data: ids });
  const { data } = (await created.json()) as { readonly data: { readonly id: string } };
  for (const answer of answers) {
    const message = { role: 'user', content_type: 'text', content: `say:\n${answer}` };
    const asked = await request.post(`${world.coze.origin}/v3/chat?conversation_id=${data.id}`, {
      headers,
      data: { ...ids, stream: true, additional_messages: [message] },
    });
    expect(await asked.text()).toContain('conversation.message.completed');
  }
}

test('Every section of CommonMark is shown word for word from the history, without a violation of the policy', async () => {
  expect(examples).toHaveLength(652);
  const { page, violations } = await openUnderPolicy();
  // A new visitor's conversation is created in the background: the answers below have to be in a newer one.
  await expect.poll(() => world.coze.requests.some(({ path }) => path === '/v1/conversation/create')).toBe(true);
  for (let start = 0; start < sections.length; start += ANSWERS_AT_ONCE) {
    const part = sections.slice(start, start + ANSWERS_AT_ONCE);
    await answerAlice(
      page,
      part.map(({ markdown }) => markdown),
    );
    await page.load();
    await page.chat().untilIdle();
    const findLost = async (): Promise<readonly string[]> => {
      // `innerText` would leave out what the engine skips while it is out of sight.
      const answers = await page
        .chat()
        .frame.locator('.md')
        .evaluateAll((elements) =>
          elements.map((element) => {
            for (const group of element.querySelectorAll<HTMLElement>('.md-group')) group.style.contentVisibility = 'visible';
            return (element as HTMLElement).innerText;
          }),
        );
      return part.flatMap(({ name, present }) => {
        const shown = new Set(toWords(answers.find((answer) => answer.startsWith(`${name}.`)) ?? ''));
        return present.filter((each) => !shown.has(each)).map((each) => `${name}: ${each}`);
      });
    };
    await expect.poll(findLost).toEqual([]);
  }
  expect(await violations()).toEqual([]);
});

test('Character names are shown while they stream in, without a violation of the policy', async () => {
  const { page, violations } = await openUnderPolicy();
  await page.load();
  const chat = page.chat();
  await chat.untilStatus('ready');
  const text = 'Tom &amp; Jerry, a&nbsp;b, 5 &lt; 6, &copy; &AElig; &Dcaron; &frac34; &HilbertSpace; &ngE; &nosuchname;';
  await chat.element.evaluate((element: CozeChatElement, text) => element.sendMessage(text), `say:\n${text}`);
  await chat.frame.getByText('Tom & Jerry, a\u00a0b, 5 < 6, © Æ Ď ¾ ℋ ≧̸ &nosuchname;').last().waitFor();
  expect(await violations()).toEqual([]);
});
