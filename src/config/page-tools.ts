/** What a page gives its bot: functions that the bot can call, and where the visitor is. */

/**
 * A schema of any library that implements Standard Schema (https://standardschema.dev), such as zod, valibot or arktype. It checks and converts the
 * arguments.
 */
export interface StandardSchema<Output = unknown> {
  /** Properties of Standard Schema. */
  readonly '~standard': {
    /** Version of Standard Schema. */
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Checks a value, synchronously or asynchronously. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** Only for TypeScript. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** The result of a check: the converted value, or what is wrong with the value. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly { readonly message: string }[] };

/** A JSON Schema of an object (2020-12, 2019-09, draft 7 or 4), as in the plugin at Coze. A `$ref` can only refer to the schema itself. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of a tool's arguments. */
export type ToolParameters = StandardSchema | JsonSchema;

/** The checked arguments: the result of the Standard Schema, otherwise an object of JSON values. */
export type ToolArguments<Parameters> = Parameters extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : unknown
  : // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as from JSON.parse
    Readonly<Record<string, any>>;

/** A running call. */
export interface ToolCallContext {
  /** Aborts when the result is no longer needed: the answer was stopped, the visitor has left or changed, or five minutes have passed. */
  readonly signal: AbortSignal;
  /** Coze's id of the call. */
  readonly toolCallId: string;
}

/** A function of the page that the bot can call. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a tool whose schema is not known takes what its schema has let pass
export interface ChatTool<Parameters extends ToolParameters = any> {
  /**
   * A Standard Schema or a JSON Schema. With arguments that it rejects, the function does not run, and the bot is told what is wrong. The visitor sees
   * each argument with its own name, or with its `title` in a JSON Schema.
   */
  readonly parameters: Parameters;
  /**
   * The function. Its result, or what its promise resolves with, is sent to the bot: text or a JSON value, up to 64,000 characters. Of an error,
   * only the message is sent.
   */
  run(args: ToolArguments<Parameters>, call: ToolCallContext): unknown;
  /**
   * `read` runs at once. `write` asks the visitor in the chat before each call.
   *
   * @default 'write'
   */
  readonly effect?: 'read' | 'write';
  /**
   * The question for the visitor, in their language, such as "Put two bags of decaf into your cart?". The arguments are shown below it.
   *
   * @default a sentence with the tool's name
   */
  confirm?(args: ToolArguments<Parameters>): string;
}

/** The functions by their names at Coze. Only own properties are used. */
export type ChatTools = Readonly<Record<string, ChatTool>>;

/** Where the visitor is, or what they see: strings, by names of letters and underscores. Other values are ignored. */
export type ChatContext = Readonly<Record<string, string | undefined>>;

/** Called before each message. After 300 ms the message is sent without the result. */
export type GetChatContext = () => ChatContext | undefined | Promise<ChatContext | undefined>;

/**
 * Returns the tools unchanged. With it, TypeScript knows the arguments of each `run` and `confirm`.
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
