/** What happens in the chat, as the element's events. */
import { CozeActionEvent, CozeBeforeSendEvent, CozeImageEvent, CozeLinkEvent, CozeTaskEvent } from './chat-events.js';
import type { ChatEvent } from '../../frame/contract.js';

export function toActivityEvent(activity: ChatEvent): Event {
  switch (activity.type) {
    case 'before-send':
      return new CozeBeforeSendEvent(activity.text);
    case 'link':
      return new CozeLinkEvent(activity.url);
    case 'image':
      return new CozeImageEvent(activity.url);
    case 'tasks':
      return new CozeTaskEvent(activity.tasks);
    case 'action':
      return new CozeActionEvent(activity);
  }
}
