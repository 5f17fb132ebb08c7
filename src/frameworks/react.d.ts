/** `<coze-chat>` in JSX of React 18 and 19, and a component that is the same where pages are rendered on a server. */
import type * as React from 'react';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

/** React 19 knows properties and events of custom elements. React 18 has attributes only, `class` too, and writes `false` down as a word. */
type OfThisReact = typeof React extends { readonly use: unknown }
  ? CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>
  : OfReact18<CozeChatAttributes>;

type OfReact18<Props> = { readonly [Name in keyof Props]: Exclude<Props[Name], false> } & { readonly class?: string };

/** Everything by its name in camelCase or as an attribute, handlers as `oncoze-message`. */
export type CozeChatProps = Omit<React.HTMLAttributes<CozeChatElement>, keyof CozeChatProperties> &
  CozeChatAttributes &
  CozeChatProperties &
  CozeChatHandlers<'on'> & { readonly ref?: React.Ref<CozeChatElement> | undefined };

/**
 * `<coze-chat>`, registered by itself in the browser. Unlike the tag it has its properties and handlers also after a page that a server has rendered
 * was loaded, and in React 18. `identityToken`, `nonce`, `frameSrc` and `mount` are never written as attributes, by whatever name they are given.
 */
export declare function CozeChat(props: CozeChatProps): React.JSX.Element;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'coze-chat': React.DetailedHTMLProps<React.HTMLAttributes<CozeChatElement>, CozeChatElement> & OfThisReact;
    }
  }
}
