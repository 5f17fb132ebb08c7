/** `<coze-chat>` in Vue's templates: attributes, properties (`.chatOptions`), `@coze-message`. */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { CozeChatElement, CozeChatEvents, CozeChatWrittenProperties } from './element.js';

/** Vue's templates expect the type of a component for a custom element. */
type CozeChatComponent = new () => CozeChatElement & {
  /** Attributes and properties for templates. Not for use in code. */
  readonly $props: HTMLAttributes & CozeChatWrittenProperties & PublicProps & { readonly nonce?: string };
  /** Events for templates. Not for use in code. */
  readonly $emit: EmitOf<keyof CozeChatEvents>;
};

/** One signature for each event, as Vue expects them. */
type EmitOf<Name extends keyof CozeChatEvents> = Intersection<
  Name extends unknown ? (name: Name, event: CozeChatEvents[Name]) => void : never
>;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void ? All : never;

declare module 'vue' {
  interface GlobalComponents {
    'coze-chat': CozeChatComponent;
  }
}
