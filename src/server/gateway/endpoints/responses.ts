/**
 * Schemas of the responses, with the fields that the chat shows. A field that is missing here never reaches the browser, whatever Coze adds to its
 * responses; an invalid field is dropped, too.
 */
import { z } from 'zod';
import { withoutInternals } from './process-content.js';

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
/** Coze sends some numbers, such as times and sizes, as text. */
const count = z
  .union([z.number(), z.string().max(32)])
  .optional()
  .catch(undefined);
const textList = z.array(z.string()).optional().catch(undefined);

function optional<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined as never);
}

const pictureSchema = z.object({
  image_url: text,
  theme_color: text,
  gradient_position: optional(z.object({ left: number, right: number })),
  canvas_position: optional(z.object({ width: number, height: number, left: number, top: number })),
});

const backgroundSchema = z.object({ web_background_image: optional(pictureSchema), mobile_background_image: optional(pictureSchema) });

const onboardingSchema = z.object({
  prologue: text,
  suggested_questions: textList,
  display_all_suggestions: flag,
  suggested_questions_show_mode: number,
  Prologue: text,
  SuggestedQuestions: textList,
  SuggestedQuestionsShowMode: number,
});

const shortcutSchema = z.object({
  id: text,
  name: text,
  command: text,
  description: text,
  query_template: text,
  icon_url: text,
  send_type: text,
  tool: optional(z.object({ type: text })),
  components: optional(
    z.array(z.object({ name: text, description: text, type: text, default_value: text, is_hide: flag, options: textList })),
  ),
});

/** Without prompt, plugins, workflows, knowledge, model and owner. */
export const botProfile = z.object({
  bot_id: text,
  name: text,
  description: text,
  icon_url: text,
  onboarding_info: optional(onboardingSchema),
  background_image_info: optional(backgroundSchema),
  voice_info_list: optional(z.array(z.object({ voice_id: text, language_code: text }))),
  default_user_input_type: text,
  shortcut_commands: optional(z.array(shortcutSchema)),
});

export const appProfile = z.object({ app_id: text, name: text, description: text, icon_url: text });

const voicesSchema = z.record(z.string(), z.object({ voice_id: text, name: text }));

export const workflowProfile = z.object({
  role: optional(
    z.object({
      name: text,
      description: text,
      avatar: optional(z.object({ image_url: text })),
      onboarding_info: optional(onboardingSchema),
      suggest_reply_info: optional(z.object({ suggest_reply_mode: number })),
      background_image_info: optional(backgroundSchema),
      audio_config: optional(z.object({ is_text_to_voice_enable: flag, voice_config_map: optional(voicesSchema) })),
      user_input_config: optional(z.object({ default_input_mode: number })),
    }),
  ),
});

/** Without `creator_id`, which is the site's own account. */
export const conversation = z.object({ id: text, name: text, created_at: count, updated_at: count, last_section_id: text });

export const conversationPage = z.object({ has_more: flag, conversations: optional(z.array(conversation)) });

export const section = z.object({ id: text, conversation_id: text });

/** Without `meta_data`, where Coze Studio stores internals. */
export const message = z
  .object({
    id: text,
    conversation_id: text,
    bot_id: text,
    chat_id: text,
    section_id: text,
    role: text,
    type: text,
    content: text,
    content_type: text,
    reasoning_content: text,
    created_at: count,
    updated_at: count,
  })
  .transform(withoutInternals);

export const messages = z.array(message);
export const messagePage = z.object({ first_id: text, last_id: text, has_more: flag });
export const deletedMessage = z.object({ id: text });

const toolCall = z.object({ id: text, type: text, function: optional(z.object({ name: text, arguments: text })) });

/** A turn, without its usage. */
export const chat = z.object({
  id: text,
  conversation_id: text,
  bot_id: text,
  section_id: text,
  status: text,
  created_at: count,
  completed_at: count,
  failed_at: count,
  last_error: optional(z.object({ code: z.coerce.number().int().optional().catch(undefined) })),
  required_action: optional(z.object({ type: text, submit_tool_outputs: optional(z.object({ tool_calls: optional(z.array(toolCall)) })) })),
  inserted_additional_messages: optional(z.array(z.object({ id: text }))),
});

export const file = z.object({ id: z.string(), bytes: number, file_name: text, created_at: count });

export const transcript = z.object({ text });
