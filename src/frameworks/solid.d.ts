/** `<coze-chat>` in Solid's JSX: attributes, `prop:chatOptions`, `on:coze-message`. */
import type { JSX as Solid } from 'solid-js';
import type { CozeChatAttributes, CozeChatElement, CozeChatHandlers, CozeChatProperties } from './element.js';

type PropertyDirectives = { readonly [Name in keyof CozeChatProperties as `prop:${Name}`]: CozeChatProperties[Name] };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'coze-chat': Solid.HTMLAttributes<CozeChatElement> & CozeChatAttributes & PropertyDirectives & CozeChatHandlers<'on:'>;
    }
  }
}
