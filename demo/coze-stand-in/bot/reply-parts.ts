/** A question to the demo bot, and the bot's reply. */

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export interface Question {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Texts of the earlier questions that are still in the bot's context, oldest first. */
  readonly earlierQuestions: readonly string[];
  /** The caller's values for the prompt's variables, or the workflow's start parameters. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ReplyFailure {
  readonly kind: 'chat-failed' | 'error';
  readonly code: number;
  readonly msg: string;
  /** Number of chunks of the text that are sent before the failure. */
  readonly afterPieces: number;
}

/** A function that the bot wants the caller of the API to run. */
export interface FunctionCall {
  readonly name: string;
  /** JSON, or what a model mistakes for JSON. */
  readonly arguments: string;
}

/** The functions to run, and the bot's next step once it has their outputs, in the order of the calls. */
export interface ToolRound {
  readonly calls: readonly FunctionCall[];
  readonly next: (outputs: readonly string[]) => Reply;
}

/** An intermediate message (documentation: message types). */
export interface ReplyStep {
  readonly type: 'function_call' | 'tool_response' | 'knowledge' | 'verbose';
  readonly content: string;
}

export interface Reply {
  readonly text: string;
  /** Follow-up questions that the bot suggests. */
  readonly suggestions: readonly string[];
  /** Added to the pace of all answers. */
  readonly extraDelayMs: { readonly beforeAnswer: number; readonly betweenWords: number };
  readonly failure: ReplyFailure | undefined;
  /** Reasoning, sent before the answer. */
  readonly thoughts?: string;
  /** Intermediate steps, sent before the answer. */
  readonly steps?: readonly ReplyStep[];
  /** The function calls that the bot requests instead of ending the answer. */
  readonly tools: ToolRound | undefined;
}
