/** A browser or an extension that translates the page replaces text nodes of the chat by others, as Google Translate does. */
import { expect, test } from 'vitest';
import type { ChatPage } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

/** Translates to capital letters what the frame shows, and what it shows later. Leaves out what has the class `notranslate`, as all browsers do. */
function translate({ page }: ChatPage): Promise<void> {
  return page.evaluate(() => {
    const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument;
    if (frame == null) throw new Error('There is no chat.');
    const translated = new WeakSet<Node>();
    const replace = (): void => {
      const walker = frame.createTreeWalker(frame.body, NodeFilter.SHOW_TEXT);
      const nodes: Text[] = [];
      while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
      for (const node of nodes) {
        const { parentElement: parent, data } = node;
        if (translated.has(node) || !parent || parent.closest('.notranslate, textarea') || data.trim() === '') continue;
        const outer = frame.createElement('font');
        const inner = outer.appendChild(frame.createElement('font'));
        translated.add(inner.appendChild(frame.createTextNode(data.toUpperCase())));
        node.replaceWith(outer);
      }
    };
    replace();
    new MutationObserver(replace).observe(frame.body, { childList: true, characterData: true, subtree: true });
  });
}

test('Answers that arrive while the browser translates the chat are shown to their end, and complete texts are translated', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  const answer = (text: string | RegExp) => chat.frame.locator('[role=log]').getByText(text).last();
  await chat.ask('before');
  await translate(page);
  await answer('YOU SAID: BEFORE').waitFor();
  await chat.send('while it is translated');
  await answer(/you said: while it is translated/i).waitFor();
  await chat.send('and once more');
  await answer(/you said: and once more/i).waitFor();
  expect(await chat.status()).toBe('ready');
});
