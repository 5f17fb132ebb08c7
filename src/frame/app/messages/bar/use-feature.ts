/** What the API is asked for by a button, and what is said when it refuses. */
import { useConversationStore, useUiEventStore } from '@coze/chat-sdk';
import { showToast } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import { ErrorCode, type Problem } from '../../../../core/errors.js';
import { type FeatureRequest, type FeatureResult, requestFeature } from '../../service/feature-request.js';
import { toPathSegment } from '../../service/path-segment.js';
import { useMessages } from '../messages-context.js';

export interface Feature {
  readonly request: (request: FeatureRequest) => Promise<FeatureResult>;
  readonly conversationId: string;
  readonly tell: (content: string, icon: 'success' | 'error') => void;
  /** Names the permission to the page's author. Whether it is the permission that is missing. */
  readonly report: (what: string, permission: string, result: FeatureResult) => boolean;
}

export function useFeature(): Feature {
  const { host, apiBaseUrl } = useMessages();
  const conversationId = useConversationStore(({ id }) => id ?? '');
  const target = useUiEventStore(({ event }) => event);
  return {
    request: (request) => requestFeature(apiBaseUrl, host, request),
    conversationId,
    tell: (content, icon) => showToast({ content, icon }, target),
    report: (what, permission, result) => {
      if (result.ok) return false;
      // Without a network nothing is wrong with the set-up.
      if (result.code > 0) host.onEvent({ type: 'reply-failed', problem: toProblem(what, permission, result.code) });
      return NOT_PERMITTED.has(result.code);
    },
  };
}

export function feedbackPath(conversationId: string, messageId: string): string {
  return `/v1/conversations/${toPathSegment(conversationId)}/messages/${toPathSegment(messageId)}/feedback`;
}

export function deletionPath(conversationId: string, messageId: string): string {
  return `/v1/conversation/message/delete?${new URLSearchParams({ conversation_id: conversationId, message_id: messageId })}`;
}

/** The permission is missing. */
const NOT_PERMITTED: ReadonlySet<number> = new Set([403, 4101]);

/** `permission` as Coze's console has it for OAuth apps. */
function toProblem(what: string, permission: string, code: number): Problem {
  const cause = NOT_PERMITTED.has(code)
    ? `: the OAuth app may lack the permission ${permission}, or the token's scope does not have it`
    : '';
  return { code: ErrorCode.ChatFailed, message: `${what}${cause} (code ${code}).`, retryable: false };
}
