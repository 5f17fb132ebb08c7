/** `<coze-chat>` in JSX of React 18 and 19. */
import type * as React from 'react';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

/** React 19 knows properties and events of custom elements. React 18 has attributes only, `class` too, and writes `false` down as a word, which means yes. */
type OfThisReact = typeof React extends { readonly use: unknown }
  ? CozeChatAttributes & CozeChatProperties & CozeChatHandlers<'on'>
  : OfReact18<CozeChatAttributes>;

type OfReact18<Props> = { readonly [Name in keyof Props]: Exclude<Props[Name], false> } & { readonly class?: string };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'coze-chat': React.DetailedHTMLProps<React.HTMLAttributes<CozeChatElement>, CozeChatElement> & OfThisReact;
    }
  }
}
