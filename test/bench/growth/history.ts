/** A conversation of any length, opened and scrolled up to its beginning. */
import type { ChatPage, PaneChat } from '../../e2e/support/chat-page.js';
import type { World } from '../../e2e/support/world.js';
import { meterOf } from './page-meter.js';
import { type EarlierMessage, requestToken, seedConversation } from './seed.js';
import type { Growth, Step } from './steps.js';

const ANSWER = 'It is **done**: the order, `4711`, has left.\n\n- by post\n- with a [receipt](https://example.com/receipt)';

/** The SDK's pause between two pages of older messages. */
const BETWEEN_PAGES_MS = 1_600;

/** @param counts numbers of messages, ascending; the last one is the length of the conversation */
export async function growHistory(world: World, counts: readonly number[]): Promise<Growth> {
  const total = counts.at(-1) ?? 0;
  world.coze.forgetConversations();
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const token = await requestToken(chat);
  const messages: readonly EarlierMessage[] = Array.from({ length: total }, (_, index) =>
    index % 2 === 0 ? { role: 'user', content: `Question ${index}` } : { role: 'assistant', content: `${index}. ${ANSWER}` },
  );
  await seedConversation(world.coze, token, messages);

  await page.page.clock.install();
  const meter = await meterOf(page.page);
  await page.load();
  await chat.frame.getByText(`Question ${total - 2}`, { exact: true }).waitFor();
  await chat.untilIdle();
  const steps: Step[] = [await meter.read(await countMessages(chat))];
  for (const count of counts) {
    while ((await countMessages(chat)) < count) await loadOlder(page, chat);
    const reached = await countMessages(chat);
    if (reached > (steps.at(-1)?.count ?? 0)) steps.push(await meter.read(reached));
  }
  return { name: 'A history, scrolled up to its beginning', unit: 'messages', steps };
}

async function loadOlder({ page }: ChatPage, chat: PaneChat): Promise<void> {
  const before = await countMessages(chat);
  await page.clock.fastForward(BETWEEN_PAGES_MS);
  await chat.frame.getByRole('log').evaluate((log) => {
    // From the newest message, at 0, up to the oldest one that is loaded.
    log.scrollTop = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => (log.scrollTop = -log.scrollHeight)));
  });
  // If no messages arrive, the SDK's pause was not over yet: tries again.
  const log = await chat.frame.getByRole('log').elementHandle();
  await page
    .waitForFunction(([log, before]) => (log as Element).querySelectorAll('.message').length > before, [log, before] as const, {
      timeout: 5_000,
    })
    .catch(() => undefined);
}

const countMessages = (chat: PaneChat): Promise<number> => chat.frame.getByRole('log').locator('.message').count();
