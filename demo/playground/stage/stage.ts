/**
 * The page in the playground's frame: a website with the chat, set up as the playground says. It ignores messages from any other window.
 */
import { find } from '../../page/find.js';
import { readAddress } from '../settings/address.js';
import { PLAYGROUND_STRINGS } from '../strings/strings.js';
import { type LiveChat, StageChat } from './stage-chat.js';
import { parseStageMessage, STAGE_READY, type StageMessage } from './stage-message.js';

/** A frame wide enough to show some of the page beside an open panel. */
const WIDE = '(min-width: 600px)';

const element = document.createElement('coze-chat') as unknown as LiveChat;
const chat = new StageChat(element);

function show({ settings, connection, language }: StageMessage): void {
  const { shop, shopTitle, shopText } = PLAYGROUND_STRINGS[language];
  document.documentElement.lang = language;
  document.title = shop;
  find('#shop').textContent = shop;
  find('#shop-title').textContent = shopTitle;
  find('#shop-text').textContent = shopText;
  chat.show(readAddress(settings).settings, connection);
  if (element.isConnected) return;
  // An open panel shows more of the settings; on a real page the visitor opens it.
  element.toggleAttribute('open', element.hasAttribute('open') || matchMedia(WIDE).matches);
  find('#chat-box').append(element);
}

addEventListener('message', ({ origin, source, data }) => {
  const message = origin === location.origin && source === parent ? parseStageMessage(data) : undefined;
  if (message !== undefined) show(message);
});

parent.postMessage(STAGE_READY, location.origin);
