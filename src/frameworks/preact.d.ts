/** `<coze-chat>` in Preact's JSX. */
import type { HTMLAttributes } from 'preact';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

declare module 'preact' {
  namespace createElement.JSX {
    interface IntrinsicElements {
      'coze-chat': HTMLAttributes<CozeChatElement> & CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>;
    }
  }
}
