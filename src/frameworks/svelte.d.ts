/** `<coze-chat>` in Svelte's templates: attributes, properties, `oncoze-message`; in Svelte 4 `on:coze-message`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'coze-chat': HTMLAttributes<CozeChatElement> &
      CozeChatAttributes &
      CozeChatProperties &
      CozeChatHandlers<'on'> &
      CozeChatHandlers<'on:'>;
  }
}
