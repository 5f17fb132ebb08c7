/** A page that is open for a day of virtual time: tokens expire, and the visitor sends messages now and then, or never. */
import type { CozeChatElement } from '../../../src/index.js';
import type { World } from '../../e2e/support/world.js';
import { meterOf } from './page-meter.js';
import type { Growth, Step } from './steps.js';

const DAY_MS = 86_400_000;
/** A token's lifetime, divided by the time between two renewals. */
const LIFE_SHARE = 1.25;
const STEPS = 10;
const EXCHANGE_PATH = '/api/permission/oauth2/token';

export interface Day {
  readonly renewals: number;
  /** Total number of questions, each with its answer. */
  readonly questions: number;
}

export async function growDay(world: World, { renewals, questions }: Day): Promise<Growth> {
  world.coze.forgetConversations();
  const pauseMs = DAY_MS / renewals;
  world.coze.setFaults({ maxTokenLifeSeconds: Math.round((pauseMs * LIFE_SHARE) / 1000) });
  const page = await world.open({ signedIn: { left: 'alice' } });
  await page.page.clock.install();
  const meter = await meterOf(page.page);
  await page.load();
  const chat = page.chat();
  await chat.untilIdle();
  const tokens = (): number => world.coze.requests.filter(({ path }) => path === EXCHANGE_PATH).length;
  const isTalking = questions > 0;
  const steps: Step[] = [await meter.read(0)];
  for (let renewal = 1; renewal <= renewals; renewal++) {
    const messages = Array.from({ length: questions / renewals }, (_, index) => `Question ${renewal}.${index} with **some** words`);
    await chat.element.evaluate(async (element: CozeChatElement, messages) => {
      for (const text of messages) await element.sendMessage(text);
    }, messages);
    const tokensBefore = tokens();
    await world.passTime(page, pauseMs);
    while (tokens() === tokensBefore) await page.page.waitForTimeout(20);
    // Twice as many messages, because each question has an answer.
    if (renewal % (renewals / STEPS) === 0) steps.push(await meter.read(isTalking ? (2 * questions * renewal) / renewals : renewal));
  }
  world.coze.resetFaults();
  return isTalking
    ? { name: `A day with ${renewals} renewals and ${2 * questions} messages`, unit: 'messages', steps }
    : { name: `A day with ${renewals} renewals and a visitor who says nothing`, unit: 'renewals', steps };
}
