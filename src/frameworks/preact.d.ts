/** `<coze-chat>` in Preact's JSX, and a component that also works with pages that a server renders. */
import type { HTMLAttributes, JSX, Ref } from 'preact';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

/** Properties under their camelCase names, or attributes; handlers as `oncoze-message`. */
export type CozeChatProps = Omit<HTMLAttributes<CozeChatElement>, keyof CozeChatProperties | 'ref'> &
  CozeChatAttributes &
  CozeChatProperties &
  CozeChatHandlers<'on'> & { readonly ref?: Ref<CozeChatElement> | undefined };

/**
 * Renders `<coze-chat>`, and registers it in the browser. Unlike the tag, it also sets the properties of an element that a server has
 * rendered. `identityToken`, `nonce`, `frameSrc` and `mount` are never written as attributes, whichever name they are passed under.
 */
export declare function CozeChat(props: CozeChatProps): JSX.Element;

declare module 'preact' {
  namespace createElement.JSX {
    interface IntrinsicElements {
      'coze-chat': HTMLAttributes<CozeChatElement> & CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>;
    }
  }
}
