/** What is asked of the demo bot, and what it has to say to that. */

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
  /** What the caller has filled the prompt's variables with, or given to the start of the workflow. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ReplyFailure {
  readonly kind: 'chat-failed' | 'error';
  readonly code: number;
  readonly msg: string;
  /** Pieces of the text that are sent before it. */
  readonly afterPieces: number;
}

/** A function that the bot wants the caller of the API to run. */
export interface FunctionCall {
  readonly name: string;
  /** JSON, or what a model takes for it. */
  readonly arguments: string;
}

/** Functions to be run, and what the bot says or wants next, once it has their results in the order of the calls. */
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
  /** Questions offered afterwards. */
  readonly suggestions: readonly string[];
  /** Added to the pace all answers have. */
  readonly extraDelayMs: { readonly beforeAnswer: number; readonly betweenWords: number };
  readonly failure: ReplyFailure | undefined;
  /** Thought before the answer. */
  readonly thoughts?: string;
  /** Done before the answer. */
  readonly steps?: readonly ReplyStep[];
  /** What is wanted instead of the end of the answer. */
  readonly tools: ToolRound | undefined;
}
