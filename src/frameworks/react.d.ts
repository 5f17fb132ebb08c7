/** `<coze-chat>` in JSX of React 18 and 19, and a component that also works with pages that a server renders. */
import type * as React from 'react';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

/** React 19 supports properties and events of custom elements. React 18 supports only attributes, also for `class`, and writes `false` as text. */
type OfThisReact = typeof React extends { readonly use: unknown }
  ? CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>
  : OfReact18<CozeChatAttributes>;

type OfReact18<Props> = { readonly [Name in keyof Props]: Exclude<Props[Name], false> } & { readonly class?: string };

/** Properties under their camelCase names, or attributes; handlers as `oncoze-message`. */
export type CozeChatProps = Omit<React.HTMLAttributes<CozeChatElement>, keyof CozeChatProperties> &
  CozeChatAttributes &
  CozeChatProperties &
  CozeChatHandlers<'on'> & { readonly ref?: React.Ref<CozeChatElement> | undefined };

/**
 * Renders `<coze-chat>`, and registers it in the browser. Unlike the tag, it also sets the properties and handlers of an element that a
 * server has rendered, and works in React 18. `identityToken`, `nonce`, `frameSrc` and `mount` are never written as attributes, whichever
 * name they are passed under.
 */
export declare function CozeChat(props: CozeChatProps): React.JSX.Element;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'coze-chat': React.DetailedHTMLProps<React.HTMLAttributes<CozeChatElement>, CozeChatElement> & OfThisReact;
    }
  }
}
