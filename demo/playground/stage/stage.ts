/** The page in the playground's frame: a website with the chat on it, as the playground says. It listens to nobody else. */
import { find } from '../../page/find.js';
import { readAddress } from '../settings/address.js';
import { PLAYGROUND_STRINGS } from '../strings/strings.js';
import { type LiveChat, StageChat } from './stage-chat.js';
import { parseStageMessage, STAGE_READY, type StageMessage } from './stage-message.js';

/** Of a frame in which an open panel leaves something of the page to be seen. */
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
  // There is more to be seen of it; a visitor of a real page opens it themselves.
  element.toggleAttribute('open', element.hasAttribute('open') || matchMedia(WIDE).matches);
  find('#chat-box').append(element);
}

addEventListener('message', ({ origin, source, data }) => {
  const message = origin === location.origin && source === parent ? parseStageMessage(data) : undefined;
  if (message !== undefined) show(message);
});

parent.postMessage(STAGE_READY, location.origin);
