/**
 * `<coze-chat>` as a framework's template sees it: what it may be given by attribute and property, what it fires. Derived from the
 * element's class and from its events, so that a new one is here by itself. The long names are because a framework's own would come first
 * where its module is augmented.
 */
import type { LitElement } from 'lit';
import type { ChatProperties } from '../element/properties/chat-properties.js';
import type { CozeChatElement } from '../index.js';

export type { CozeChatElement };

type OwnName = Exclude<keyof ChatProperties, keyof LitElement>;

/** By camelCase name, as the element's class has them. */
export type CozeChatProperties = { readonly [Name in OwnName]?: ChatProperties[Name] };

/** By kebab-case name; a value may also be as it would be written in HTML. Objects and functions have no attribute. */
export type CozeChatAttributes = {
  readonly [Name in OwnName as ChatProperties[Name] extends Scalar ? Kebab<Name> : never]?: Written<ChatProperties[Name]>;
} & {
  // What a template would pass on as "[object Object]".
  readonly [Name in OwnName as ChatProperties[Name] extends Scalar ? never : Exclude<Kebab<Name>, Name>]?: never;
} & { readonly nonce?: string };

/** The same by camelCase name. */
export type CozeChatWrittenProperties = { readonly [Name in OwnName]?: Written<ChatProperties[Name]> };

/** The class of each event. */
export type CozeChatEvents = {
  [Name in keyof GlobalEventHandlersEventMap as Name extends `coze-${string}` ? Name : never]: GlobalEventHandlersEventMap[Name];
};

/** Of each event, under a name that begins with a prefix, such as `on` or `on:`. */
export type CozeChatHandlers<Prefix extends string> = {
  readonly [Name in keyof CozeChatEvents as `${Prefix}${Name}`]?: (event: CozeChatEvents[Name]) => void;
};

type Scalar = string | number | boolean | undefined;

type Written<Value> = Value extends boolean ? boolean | '' : Value extends number ? number | `${number}` : Value;

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;
