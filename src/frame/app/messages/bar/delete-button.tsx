/** Deletes an answer, or a question with its answers, once the visitor has confirmed it. */
import { type ChatMessageGroup, useChatStatusStore, useConversationStore } from '@coze/chat-sdk';
import { type JSX, useEffect, useRef, useState } from 'react';
import { Dialog } from '../../dialog/dialog.js';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';
import { findQuestionIds } from './question-ids.js';
import { deletionPath, type Feature, useFeature } from './use-feature.js';

/** The API has no such message; another tab may have deleted it. */
const NO_SUCH_MESSAGE = 4005;
const NOT_PERMITTED_KEY = 'deletion-not-permitted';

export interface DeleteButtonProps {
  readonly group: ChatMessageGroup;
  readonly isQuestion: boolean;
  readonly isRunning: boolean;
}

export function DeleteButton({ group, isQuestion, isRunning }: DeleteButtonProps): JSX.Element | null {
  const { strings, chatState } = useMessages();
  const feature = useFeature();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const getOpDisabledState = useChatStatusStore((store) => store.getOpDisabledState);
  const remove = useRemoval();
  if (chatState.has(NOT_PERMITTED_KEY)) return null;

  const confirm = async (): Promise<void> => {
    setAsked(false);
    // An answer may have begun meanwhile.
    if (isRunning || getOpDisabledState().clearMessage) return feature.showToast(strings.errorStillAnswering, 'error');
    setBusy(true);
    const ids = await findIdsToDelete(feature, group, isQuestion);
    const deletedIds: string[] = [];
    for (const id of ids) {
      const result = await feature.request({ method: 'POST', path: deletionPath(feature.conversationId, id) });
      if (!result.ok && result.code !== NO_SUCH_MESSAGE) {
        const isForbidden = feature.report('A message could not be deleted', 'deleteMessage', result);
        if (isForbidden) chatState.set(NOT_PERMITTED_KEY, true);
        feature.showToast(isForbidden ? strings.notPossibleHere : strings.deleteFailed, 'error');
        break;
      }
      deletedIds.push(id);
    }
    setBusy(false);
    if (ids.length === 0) feature.showToast(strings.deleteFailed, 'error');
    else remove(group, deletedIds, isQuestion && deletedIds.length === ids.length);
  };

  return (
    <>
      <BarButton
        icon="delete"
        name={isRunning ? `${strings.delete}: ${strings.errorStillAnswering}` : strings.delete}
        isDisabled={isRunning}
        isBusy={isBusy}
        onPress={() => setAsked(true)}
      />
      {isAsked && (
        <Dialog
          title={isQuestion ? strings.deleteTurnTitle : strings.deleteAnswerTitle}
          onCancel={() => setAsked(false)}
          onSubmit={() => void confirm()}
        >
          <p>{strings.deleteForGood}</p>
          <div className="ask__buttons">
            <button type="button" onClick={() => setAsked(false)}>
              {strings.cancel}
            </button>
            <button type="submit" className="ask__yes">
              {strings.delete}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Resolves with the ids to delete, answers first: after a failure the question remains, and the visitor can delete it again. */
async function findIdsToDelete(
  { request, conversationId }: Feature,
  group: ChatMessageGroup,
  isQuestion: boolean,
): Promise<readonly string[]> {
  const answers = group.respMessages.filter(({ type, id }) => type === 'answer' && /^\d+$/.test(id)).map(({ id }) => id);
  if (!isQuestion) return answers;
  const known = group.query?.id ?? '';
  if (known !== '') return [...answers, known];
  // The SDK does not know the ids of messages that it has sent itself.
  const path = `/v1/conversation/message/list?${new URLSearchParams({ conversation_id: conversationId })}`;
  const result = await request({ method: 'POST', path, body: { chat_id: group.chatId, limit: 50 } });
  if (!result.ok) return [];
  const questions = findQuestionIds(result.body.data, group.chatId);
  return questions.length === 0 ? [] : [...answers, ...questions];
}

type Removal = (group: ChatMessageGroup, deletedIds: readonly string[], isQuestionDeleted: boolean) => void;

/**
 * Returns a function that removes deleted messages from the screen. The SDK has no such function: this one changes the SDK's list in place,
 * and triggers a render by adding an empty list. It uses the list at the time of the call, and does nothing if the turn is no longer shown.
 */
function useRemoval(): Removal {
  const store = useConversationStore((store) => ({
    groups: store.chatMessageGroups,
    prevHasMore: store.prevHasMore,
    setPrevInfo: store.setPrevInfo,
    pushMessageList: store.pushMessageList,
  }));
  const latest = useRef<typeof store>();
  latest.current = store;
  useEffect(() => () => (latest.current = undefined), []);
  return (group, deletedIds, isQuestionDeleted) => {
    if (latest.current === undefined || deletedIds.length === 0) return;
    const { groups, prevHasMore, setPrevInfo, pushMessageList } = latest.current;
    const index = groups.findIndex(({ id }) => id === group.id);
    if (index < 0) return;
    if (isQuestionDeleted) groups.splice(index, 1);
    else groups[index] = { ...group, respMessages: withoutDeleted(group.respMessages, deletedIds) };
    // The request for older messages starts at the oldest one in the list.
    const [oldest] = groups;
    const cursor = oldest?.query?.id || oldest?.respMessages[0]?.id || '';
    if (prevHasMore === true && index === 0) setPrevInfo(true, cursor);
    pushMessageList([]);
    document.querySelector('textarea')?.focus();
  };
}

/** Suggestions and steps belong to an answer: without one, none is left. */
function withoutDeleted(messages: ChatMessageGroup['respMessages'], deletedIds: readonly string[]): ChatMessageGroup['respMessages'] {
  const left = messages.filter(({ id }) => !deletedIds.includes(id));
  return left.some(({ type }) => type === 'answer') ? left : [];
}
