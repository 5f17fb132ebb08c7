/** The messages from the playground to the page in its frame. */
import * as z from 'zod/mini';

const text = z.string().check(z.maxLength(5000));

const stageMessage = z.object({
  /** The settings in their URL form. */
  settings: text,
  /** Attributes that select the bot and its token endpoint. */
  connection: z.record(z.string().check(z.regex(/^(?:[a-z]+-)*[a-z]+$/)), text),
  language: z.enum(['en', 'zh-CN']),
});

export type StageMessage = z.infer<typeof stageMessage>;

/** Sent by the frame once it listens. */
export const STAGE_READY = 'stage-ready';

/** `undefined` for any other message. */
export const parseStageMessage = (data: unknown): StageMessage | undefined => stageMessage.safeParse(data).data;
