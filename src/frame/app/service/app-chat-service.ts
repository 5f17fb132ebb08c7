/**
 * Chat service for the chat workflow of a Coze app instead of a bot. It offers the same chat through other endpoints. The SDK's own
 * `ChatFlowFramework` accepts no other service (SDK `chatflow/hooks/use-init-chat` always creates its own), so this class does the work of
 * SDK `chatflow/helper/chat-service`.
 */
import type { RequestOptions, StreamChatData } from '@coze/api';
import { asObject, asText } from '../../../core/values/foreign-value.js';
import { appConversation, infoPaths } from '../../start-requests.js';
import { getErrorCode } from '../errors/api-error-code.js';
import { errorStringKey } from '../errors/error-texts.js';
import { toBackgrounds } from './bot-info.js';
import type { Conversation } from './conversation-start.js';
import { IsolatedChatService, type SdkAppInfo } from './isolated-chat-service.js';
import type { ChatParams } from './turn/turn-events.js';

interface Answer {
  readonly data: unknown;
}

export class AppChatService extends IsolatedChatService {
  /** Requires that the app exists. Its workflow may have no chat role. */
  protected override async loadInfo(): Promise<SdkAppInfo> {
    const [appPath, workflowPath = ''] = infoPaths(this.target, this.connectorId);
    const [app, role] = await Promise.all([
      this.apiClient.get<undefined, Answer>(appPath),
      this.apiClient
        .get<undefined, Answer>(workflowPath)
        .then(({ data }) => asObject(data)['role'])
        .catch((error: unknown) => ignoreMissingRole(error)),
    ]);
    return { appId: this.appId, type: this.chatType, ...toInfo(asObject(role), asObject(app.data)) } as SdkAppInfo;
  }

  protected override findConversation(): Promise<Conversation> {
    return this.#conversation(true);
  }

  protected override beginConversation(): Promise<Conversation> {
    return this.#conversation(false);
  }

  /** The workflow API cannot cancel a chat. */
  protected override cancelChat(): Promise<void> {
    return Promise.resolve();
  }

  protected override openStream(params: ChatParams, options: RequestOptions): AsyncIterable<StreamChatData> {
    const { user_id = '', additional_messages = [], conversation_id, suggestPromoteInfo } = params;
    const { parameters } = this.options();
    const hasContext = Object.keys(this.context).length > 0;
    const request = {
      workflow_id: this.#workflowId,
      app_id: this.appId,
      connector_id: this.connectorId,
      additional_messages,
      ...(conversation_id === undefined ? {} : { conversation_id }),
      ...(parameters === undefined && !hasContext ? {} : { parameters: { ...parameters, ...this.context } }),
      ext: { user_id, enable_card: 'true' },
      suggest_reply_info: suggestPromoteInfo && {
        suggest_reply_mode: suggestPromoteInfo.suggestReplyMode,
        customized_suggest_prompt: suggestPromoteInfo.customizedSuggestPrompt,
      },
    };
    return this.apiClient.workflows.chat.stream(request, options);
  }

  async #conversation(reuseExisting: boolean): Promise<Conversation> {
    const { target, connectorId } = this;
    const request = 'appId' in target ? appConversation(target, connectorId, this.options().conversationName, reuseExisting) : {};
    // Untyped, because `@coze/api` declares only the parameters for bots.
    const { id, last_section_id = '' } = await this.apiClient.conversations.create(request);
    return { conversationId: id, sectionId: last_section_id };
  }

  get #workflowId(): string {
    const { target } = this;
    return 'workflowId' in target ? target.workflowId : '';
  }
}

/** An error with a code means that the workflow has no role. Rethrows errors without a code, and "busy", because a retry may help. */
function ignoreMissingRole(error: unknown): undefined {
  const code = getErrorCode(error);
  if (code === undefined || errorStringKey(code) === 'errorBusy') throw error;
}

/** Converts a role and an app to the form that the SDK reads (SDK `chatflow/helper/chat-service-type`). */
function toInfo(
  role: Readonly<Record<string, unknown>>,
  app: Readonly<Record<string, unknown>>,
): Partial<Record<keyof SdkAppInfo, unknown>> {
  const reply = asObject(role['suggest_reply_info']);
  const audio = asObject(role['audio_config']);
  return {
    name: asText(role['name']) || asText(app['name']),
    description: asText(role['description']),
    icon_url: asText(asObject(role['avatar'])['image_url']) || asText(app['icon_url']),
    onboarding_info: role['onboarding_info'],
    suggestPromoteInfo: role['suggest_reply_info'] && {
      suggestReplyMode: reply['suggest_reply_mode'],
      customizedSuggestPrompt: reply['customized_suggest_prompt'],
    },
    ...toBackgrounds(role['background_image_info']),
    voiceInfo: { isTextToVoiceEnable: audio['is_text_to_voice_enable'], voiceConfigMap: asObject(audio['voice_config_map']) },
    inputMode: { default: asObject(role['user_input_config'])['default_input_mode'] },
  };
}
