/** Several chats on one page, each with a token and a frame of its own. */
import type { World } from '../../e2e/support/world.js';
import { meterOf } from './page-meter.js';
import type { Growth, Step } from './steps.js';

/** @param counts numbers of chats, ascending */
export async function growChats(world: World, counts: readonly number[]): Promise<Growth> {
  const steps: Step[] = [];
  for (const count of counts) {
    world.coze.forgetConversations();
    const panes = Array.from({ length: count }, (_, index) => `pane-${index}`);
    const page = await world.open({
      signedIn: Object.fromEntries(panes.map((pane) => [pane, 'alice'])),
      attributes: { loading: 'eager', style: 'display: block; height: 600px' },
    });
    // The page is loaded again, so that all its work is counted.
    const meter = await meterOf(page.page);
    await page.load();
    for (const pane of panes) await page.chat(pane).untilIdle();
    steps.push(await meter.read(count));
    await page.page.context().close();
  }
  return { name: 'Chats on one page', unit: 'chats', steps };
}
