/** A visitor who sends messages for a while, and the outcome of each. */
import type { Page, Request } from 'playwright';
import { seededRandom } from '../seeded-random.js';
import type { OpenChat } from './contenders.js';

export interface ChatFigures {
  /** Messages that the visitor sent. */
  readonly messages: number;
  /** Messages marked as failed, or without an answer within 20 s. */
  readonly failed: number;
  /** Number of failed marks beside messages at the end. */
  readonly failedMarks: number;
  /** For each answered message: the number of requests between the key press and the request that was answered. */
  readonly extraRoundTrips: readonly number[];
}

const BETWEEN_MESSAGES_MS = { shortest: 3_000, longest: 9_000 };
const PATIENCE_MS = 20_000;
const POLL_MS = 50;
/**
 * The failed mark beside a question, by the SDK's class names, which builds write in different ways. A spinner in the same place is a box
 * around its icon.
 */
const FAILED_MARKS = '[class*="state-slot"][class*="svg"]';

export async function chatFor(chat: OpenChat, durationMs: number, seed: string): Promise<ChatFigures> {
  const random = seededRandom(seed);
  const requests = new RequestWatch(chat.page);
  const extraRoundTrips: number[] = [];
  let messages = 0;
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs) {
    const { shortest, longest } = BETWEEN_MESSAGES_MS;
    await chat.page.waitForTimeout(shortest + (longest - shortest) * random());
    requests.forget();
    if (await isAnswered(chat, `message ${++messages} of a long talk`)) extraRoundTrips.push(requests.beforeLastChat());
  }
  return {
    messages,
    failed: messages - extraRoundTrips.length,
    failedMarks: await chat.body.locator(FAILED_MARKS).count(),
    extraRoundTrips,
  };
}

/** Whether `text` is answered before it is marked as failed and before the time limit. */
async function isAnswered({ page, body, input }: OpenChat, text: string): Promise<boolean> {
  const marks = body.locator(FAILED_MARKS);
  const earlierMarks = await marks.count();
  try {
    await input.and(body.locator('textarea:not(:disabled)')).fill(text, { timeout: PATIENCE_MS });
  } catch {
    return false;
  }
  await input.press('Enter');
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    // The stand-in repeats the message.
    if ((await body.getByText(`You said: ${text}`).count()) > 0) return true;
    if ((await marks.count()) > earlierMarks) return false;
    await page.waitForTimeout(POLL_MS);
  }
  return false;
}

/** The page's requests to the API and to the token endpoint, in order. */
class RequestWatch {
  #paths: string[] = [];

  constructor(page: Page) {
    page.on('request', (request) => this.#add(request));
  }

  forget(): void {
    this.#paths = [];
  }

  beforeLastChat(): number {
    return this.#paths.lastIndexOf('/v3/chat');
  }

  #add(request: Request): void {
    if (['fetch', 'xhr'].includes(request.resourceType())) this.#paths.push(new URL(request.url()).pathname);
  }
}
