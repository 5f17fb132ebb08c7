/** A visitor who writes for a while, and what comes of each message. */
import type { Page, Request } from 'playwright';
import { seededRandom } from '../seeded-random.js';
import type { OpenChat } from './contenders.js';

export interface ChatFigures {
  /** Messages the visitor wrote. */
  readonly messages: number;
  /** Of them without an answer within 20 s. */
  readonly failed: number;
  /** Failed marks beside messages at the end. */
  readonly failedMarks: number;
  /** Requests from the key press to the request that was answered, for each message that was. */
  readonly extraRoundTrips: readonly number[];
}

const BETWEEN_MESSAGES_MS = { shortest: 3_000, longest: 9_000 };
const PATIENCE_MS = 20_000;
const POLL_MS = 50;
/** So long may a chat look idle before it has begun to send. */
const IDLE_MS = 1_000;
/** Class of the SDK's slot for a spinner or a failed mark beside a question, in whatever form the build has given it. */
const MARKS = '[class*="state-slot"]';

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
  return { messages, failed: messages - extraRoundTrips.length, failedMarks: await chat.body.locator(MARKS).count(), extraRoundTrips };
}

async function isAnswered({ page, body, input }: OpenChat, text: string): Promise<boolean> {
  try {
    await input.and(body.locator('textarea:not(:disabled)')).fill(text, { timeout: PATIENCE_MS });
  } catch {
    return false;
  }
  await input.press('Enter');
  let idleMs = 0;
  for (let waitedMs = 0; waitedMs < PATIENCE_MS && idleMs < IDLE_MS; waitedMs += POLL_MS) {
    const isIdle = await input.isEnabled();
    // The stand-in repeats what it was told.
    if (isIdle && (await body.getByText(`You said: ${text}`).count()) > 0) return true;
    idleMs = isIdle ? idleMs + POLL_MS : 0;
    await page.waitForTimeout(POLL_MS);
  }
  return false;
}

/** What the page asks the API and the token endpoint for, in order. */
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
