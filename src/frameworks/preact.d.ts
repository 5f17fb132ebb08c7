/** `<coze-chat>` in Preact's JSX, and a component that is the same where pages are rendered on a server. */
import type { HTMLAttributes, JSX, Ref } from 'preact';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

/** Everything by its name in camelCase or as an attribute, handlers as `oncoze-message`. */
export type CozeChatProps = Omit<HTMLAttributes<CozeChatElement>, keyof CozeChatProperties | 'ref'> &
  CozeChatAttributes &
  CozeChatProperties &
  CozeChatHandlers<'on'> & { readonly ref?: Ref<CozeChatElement> | undefined };

/**
 * `<coze-chat>`, registered by itself in the browser. Unlike the tag it has its properties also after a page that a server has rendered was loaded.
 * `identityToken`, `nonce`, `frameSrc` and `mount` are never written as attributes, by whatever name they are given.
 */
export declare function CozeChat(props: CozeChatProps): JSX.Element;

declare module 'preact' {
  namespace createElement.JSX {
    interface IntrinsicElements {
      'coze-chat': HTMLAttributes<CozeChatElement> & CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>;
    }
  }
}
