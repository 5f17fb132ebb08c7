/** Schemas of the chat's requests. Unknown members are dropped; an invalid member makes the gateway refuse the request. */
import { z } from 'zod';

export const idSchema = z.string().regex(/^\d{1,20}$/);

const MAX_TEXT = 100_000;
const MAX_PARTS = 20;
/** The chat sends one message at a time. Hooks and quotas check only one, so Coze must not get more. */
const ONE_MESSAGE = 1;

/** Coze's limit: 16 pairs. */
const metaDataSchema = z.record(z.string().min(1).max(64), z.string().max(512)).refine((pairs) => Object.keys(pairs).length <= 16);

const messageSchema = z.object({
  // Otherwise a visitor could send messages in the bot's name.
  role: z.literal('user'),
  type: z.literal('question').default('question'),
  content: z.string().max(MAX_TEXT),
  content_type: z.enum(['text', 'object_string']).default('text'),
  meta_data: metaDataSchema.optional(),
});

export type SentMessage = z.output<typeof messageSchema>;

const textPart = z.object({ type: z.literal('text'), text: z.string().max(MAX_TEXT), is_refer: z.boolean().optional() });

/** Accepts uploaded files only: from a URL, Coze would fetch any address that the visitor names. */
const filePart = z.object({ type: z.enum(['image', 'file', 'audio']), file_id: z.string().max(64) });

const messagePartSchema = z.union([textPart, filePart]);

export type MessagePart = z.output<typeof messagePartSchema>;
export type TextPart = z.output<typeof textPart>;

const fieldItemSchema = z.union([z.strictObject({ type: z.literal('text'), text: z.string() }), z.strictObject(filePart.shape)]);

/** Items in a field of a shortcut, which is sent to the bot as it is. */
export const fieldItemsSchema = fieldItemSchema.array();

export type FieldItem = z.output<typeof fieldItemSchema>;

/** At most one text of the visitor's, besides quotes. */
export const messagePartsSchema = messagePartSchema
  .array()
  .min(1)
  .max(MAX_PARTS)
  .refine((parts) => parts.filter((part) => part.type === 'text' && part.is_refer !== true).length <= 1);

const namedTexts = z.record(z.string().min(1).max(100), z.string().max(10_000)).refine((fields) => Object.keys(fields).length <= 100);
const namedValues = z.record(z.string().min(1).max(100), z.json()).refine((fields) => Object.keys(fields).length <= 100);

export const chatSchema = z
  .object({
    bot_id: idSchema,
    additional_messages: z.array(messageSchema).max(ONE_MESSAGE).default([]),
    shortcut_command: z.object({ command_id: idSchema, parameters: namedTexts.default({}) }).optional(),
    parameters: namedValues.optional(),
    custom_variables: namedTexts.optional(),
    extra_params: z
      .object({ latitude: z.string().max(32), longitude: z.string().max(32) })
      .partial()
      .optional(),
    meta_data: metaDataSchema.optional(),
  })
  .refine(({ additional_messages: messages, shortcut_command: command }) => messages.length > 0 || command !== undefined);

export const workflowChatSchema = z.object({
  workflow_id: idSchema,
  app_id: idSchema,
  conversation_id: idSchema,
  additional_messages: z.array(messageSchema).min(ONE_MESSAGE).max(ONE_MESSAGE),
  parameters: namedValues.default({}),
  // Without the author's prompt for suggestions, which is neither sent to the browser nor accepted from it.
  suggest_reply_info: z.object({ suggest_reply_mode: z.number().int().min(0).max(9) }).optional(),
});

export const conversationQuery = z.object({ conversation_id: idSchema });
export const messageQuery = z.object({ conversation_id: idSchema, message_id: idSchema });
export const chatQuery = z.object({ conversation_id: idSchema, chat_id: idSchema });
export const noQuery = z.object({});

export const cancelSchema = z.object({ conversation_id: idSchema, chat_id: idSchema });

const MAX_TOOL_OUTPUT = 65_536;

/** The outputs of the page's tools. Coze's ids of calls are Base64. */
export const toolOutputsSchema = z.object({
  tool_outputs: z
    .array(z.object({ tool_call_id: z.string().regex(/^[\w+/=-]{1,256}$/), output: z.string().max(MAX_TOOL_OUTPUT) }))
    .min(1)
    .max(16),
});

export const listQuery = z.object({
  bot_id: idSchema,
  page_num: z.coerce.number().int().min(1).max(100_000).default(1),
  page_size: z.coerce.number().int().min(1).max(50).default(20),
  sort_order: z.enum(['ASC', 'DESC']).optional(),
  sort_field: z.enum(['created_at', 'updated_at']).optional(),
});

/** For a bot, or for an app under a name. */
export const createSchema = z.union([
  z.object({ app_id: idSchema, workflow_id: idSchema, conversation_name: z.string().min(1).max(100), get_or_create: z.boolean() }),
  z.object({ bot_id: idSchema, name: z.string().max(100).optional(), meta_data: metaDataSchema.optional() }),
]);

export const renameSchema = z.object({ name: z.string().max(100) });

export const messageListSchema = z.object({
  order: z.enum(['asc', 'desc']).optional(),
  chat_id: idSchema.optional(),
  before_id: idSchema.optional(),
  after_id: idSchema.optional(),
  limit: z.number().int().min(1).max(50).default(50),
});

export const feedbackSchema = z.object({
  feedback_type: z.enum(['like', 'unlike']),
  reason_types: z.array(z.string().max(30)).max(10).optional(),
  comment: z.string().max(250).optional(),
});

const MAX_SPEECH_BYTES = 1024;

export const speechSchema = z.object({
  input: z
    .string()
    .min(1)
    .refine((text) => new TextEncoder().encode(text).length <= MAX_SPEECH_BYTES),
  voice_id: idSchema,
  response_format: z.enum(['wav', 'pcm', 'ogg_opus', 'm4a', 'aac', 'mp3']).optional(),
  sample_rate: z.number().int().min(8000).max(48_000).optional(),
  speed: z.number().min(0.2).max(3).optional(),
});
