/**
 * `<coze-chat>` for the templates of frameworks: its attributes, properties and events. Derived from the element's class and from its events,
 * so that a new one is included automatically. The names are long, because in an augmented module the framework's own names have priority.
 */
import type { LitElement } from 'lit';
import type { ChatProperties } from '../element/properties/chat-properties.js';
import type { CozeChatElement } from '../index.js';

export type { CozeChatElement };

type OwnName = Exclude<keyof ChatProperties, keyof LitElement>;

/** Properties, under the camelCase names of the element's class. */
export type CozeChatProperties = { readonly [Name in OwnName]?: ChatProperties[Name] };

/** Attributes, under kebab-case names. A value may also have the form that HTML uses. Objects and functions have no attribute. */
export type CozeChatAttributes = {
  readonly [Name in OwnName as ChatProperties[Name] extends Scalar ? Kebab<Name> : never]?: Written<ChatProperties[Name]>;
} & {
  // A template would pass these on as "[object Object]".
  readonly [Name in OwnName as ChatProperties[Name] extends Scalar ? never : Exclude<Kebab<Name>, Name>]?: never;
} & { readonly nonce?: string };

/** Like {@link CozeChatAttributes}, under camelCase names. */
export type CozeChatWrittenProperties = { readonly [Name in OwnName]?: Written<ChatProperties[Name]> };

/** The class of each event. */
export type CozeChatEvents = {
  [Name in keyof GlobalEventHandlersEventMap as Name extends `coze-${string}` ? Name : never]: GlobalEventHandlersEventMap[Name];
};

/** A handler for each event, under a name that begins with a prefix, such as `on` or `on:`. */
export type CozeChatHandlers<Prefix extends string> = {
  readonly [Name in keyof CozeChatEvents as `${Prefix}${Name}`]?: (event: CozeChatEvents[Name]) => void;
};

type Scalar = string | number | boolean | undefined;

type Written<Value> = Value extends boolean ? boolean | '' : Value extends number ? number | `${number}` : Value;

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;
