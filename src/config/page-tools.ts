/** What a page offers its bot: functions to call, and where the visitor is. */

/**
 * A schema of any library that implements Standard Schema (https://standardschema.dev), such as zod, valibot or arktype: what arguments are
 * checked with, and made of.
 */
export interface StandardSchema<Output = unknown> {
  /** The library's own. */
  readonly '~standard': {
    /** Of Standard Schema. */
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Checks a value, now or later. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For TypeScript alone. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value: what it has made of it, or what is wrong with it. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly { readonly message: string }[] };

/** A JSON Schema of an object (2020-12, 2019-09, draft 7 or 4), as in the plugin at Coze. Its `$ref` stay within it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What the arguments of a tool may be. */
export type ToolParameters = StandardSchema | JsonSchema;

/** What arguments are once they are checked: what the Standard Schema makes of them, else an object of anything that JSON has. */
export type ToolArguments<Parameters> = Parameters extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : unknown
  : // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as from JSON.parse
    Readonly<Record<string, any>>;

/** A call that runs. */
export interface ToolCallContext {
  /** Aborts when nobody waits for the result any more: the answer was stopped, the visitor has gone or changed, five minutes are over. */
  readonly signal: AbortSignal;
  /** Coze's id of the call. */
  readonly toolCallId: string;
}

/** A function that the bot may have your page run. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a tool whose schema is not known takes what its schema has let pass
export interface ChatTool<Parameters extends ToolParameters = any> {
  /**
   * A Standard Schema or a JSON Schema. Arguments that it refuses are never run: the bot is told what is wrong with them. The visitor reads each
   * argument by its own name, or by the `title` that a JSON Schema gives it.
   */
  readonly parameters: Parameters;
  /**
   * Does it. What it returns, or resolves with, goes to the bot: text, or what JSON has, up to 64,000 characters. What it throws goes there as its
   * message alone.
   */
  run(args: ToolArguments<Parameters>, call: ToolCallContext): unknown;
  /**
   * `read` runs at once. `write` asks the visitor first, in the chat, each time.
   *
   * @default 'write'
   */
  readonly effect?: 'read' | 'write';
  /**
   * The question for the visitor, in their language, such as "Put two bags of decaf into your cart?". The arguments stand below it.
   *
   * @default a sentence with the tool's name
   */
  confirm?(args: ToolArguments<Parameters>): string;
}

/** By name, as it is set up at Coze. Only own properties count. */
export type ChatTools = Readonly<Record<string, ChatTool>>;

/** Where the visitor is, or what they have before them: plain texts, by names of letters and underscores. What is no text is left out. */
export type ChatContext = Readonly<Record<string, string | undefined>>;

/** Called before each message that is sent. After 300 ms the message goes without what it says. */
export type GetChatContext = () => ChatContext | undefined | Promise<ChatContext | undefined>;

/**
 * The tools as they are: it is there for TypeScript, which knows by it what each `run` and `confirm` is given.
 *
 * @example
 * chat.tools = defineTools({
 *   add_to_cart: { parameters: z.object({ sku: z.string() }), run: ({ sku }) => cart.add(sku) },
 * });
 */
export function defineTools<Parameters extends Readonly<Record<string, ToolParameters>>>(tools: {
  readonly [Name in keyof Parameters]: ChatTool<Parameters[Name]>;
}): { readonly [Name in keyof Parameters]: ChatTool<Parameters[Name]> } {
  return tools;
}
