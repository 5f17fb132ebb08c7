/** What the playground tells the page in its frame. */
import * as z from 'zod/mini';

const text = z.string().check(z.maxLength(5000));

const stageMessage = z.object({
  /** The settings, as they are in the address. */
  settings: text,
  /** Attributes that say which bot the chat talks to. */
  connection: z.record(z.string().check(z.regex(/^(?:[a-z]+-)*[a-z]+$/)), text),
  language: z.enum(['en', 'zh-CN']),
});

export type StageMessage = z.infer<typeof stageMessage>;

/** What the frame says once it listens. */
export const STAGE_READY = 'stage-ready';

/** `undefined` for anything else. */
export const parseStageMessage = (data: unknown): StageMessage | undefined => stageMessage.safeParse(data).data;
