/** Requests of the bar's buttons, and their error messages. */
import { useApiClientStore, useConversationStore, useUiEventStore } from '@coze/chat-sdk';
import { showToast } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import { toPathSegment } from '../../../../core/path-segment.js';
import { isPermissionMissing, toFeatureProblem } from '../../errors/problem.js';
import type { FeatureRequest, FeatureResult } from '../../service/feature-request.js';
import type { IsolatedChatService } from '../../service/isolated-chat-service.js';
import { useMessages } from '../messages-context.js';

export interface Feature {
  readonly request: (request: FeatureRequest) => Promise<FeatureResult>;
  readonly conversationId: string;
  readonly showToast: (content: string, icon: 'success' | 'error') => void;
  /** Reports an error to the page's author, with the permission's name. Returns whether that permission is missing. */
  readonly report: (what: string, permission: string, result: FeatureResult) => boolean;
}

export function useFeature(): Feature {
  const { host } = useMessages();
  const service = useApiClientStore((store) => store.chatService) as IsolatedChatService;
  const conversationId = useConversationStore(({ id }) => id ?? '');
  const target = useUiEventStore(({ event }) => event);
  return {
    request: (request) => service.request(request),
    conversationId,
    showToast: (content, icon) => showToast({ content, icon }, target),
    report: (what, permission, result) => {
      if (result.ok) return false;
      // A network error is no fault of the set-up.
      if (result.code > 0) host.onEvent({ type: 'feature-failed', problem: toFeatureProblem(what, permission, result.code) });
      return isPermissionMissing(result.code);
    },
  };
}

export function feedbackPath(conversationId: string, messageId: string): string {
  return `/v1/conversations/${toPathSegment(conversationId)}/messages/${toPathSegment(messageId)}/feedback`;
}

export function deletionPath(conversationId: string, messageId: string): string {
  return `/v1/conversation/message/delete?${new URLSearchParams({ conversation_id: conversationId, message_id: messageId })}`;
}
