/**
 * The messages of the conversation. Built in place of the SDK's `chat-group-list` (src/build/sdk-source.ts): there a message that has come anew is
 * another component than the same while it came, and all of them stand on one side.
 */
import { type ChatMessageGroup, useConversationStore } from '@coze/chat-sdk';
import { Fragment, type JSX, useEffect, useState } from 'react';
import { useCreatePrologueMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/use-create-prologue-message.js';
import { loadChunk } from '../../platform/load-chunk.js';
import { findDay, nameDay } from './days.js';
import type { LateMessageBar } from './message-bar-props.js';
import { useMessages } from './messages-context.js';
import { Turn } from './turn.js';

export function ChatGroupList(): JSX.Element {
  const { strings, locale } = useMessages();
  const { finished, running, sectionId, hasGreeting } = useConversationStore((store) => ({
    finished: store.chatMessageGroups,
    running: store.inProcessChatMessageGroup,
    sectionId: store.sectionId,
    hasGreeting: !store.isShowOnBoarding() && !store.prevHasMore,
  }));
  const Bar = useMessageBar(finished.length > 0);
  const groups = running === undefined ? finished : [...finished, running];
  const now = Date.now();
  const today = findDay({ id: '', chatId: '', respMessages: [], query: { created_at: now } } as unknown as ChatMessageGroup);

  return (
    <div className="messages">
      {hasGreeting && <Greeting sectionId={undefined} Bar={Bar} />}
      {groups.map((group, index) => {
        const next = groups[index + 1];
        const isLast = next === undefined;
        const day = findDay(group);
        const previousDay = index === 0 ? today : findDay(groups[index - 1] as ChatMessageGroup);
        const nextSection = next === undefined || next === running ? sectionId : next.sectionId;
        const isTopicOver = group !== running && nextSection !== group.sectionId;
        return (
          <Fragment key={group.id}>
            {day !== undefined && day !== previousDay && <Divider text={nameDay(day, now, locale)} />}
            <Turn
              group={group}
              isRunning={group === running}
              isLast={isLast}
              hasSuggestions={isLast && (group === running || sectionId === group.sectionId)}
              Bar={Bar}
            />
            {isTopicOver && (
              <>
                <Divider text={strings.contextCleared} />
                <Greeting sectionId={nextSection} hasSuggestions={isLast} Bar={Bar} />
              </>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

interface GreetingProps {
  readonly sectionId: string | undefined;
  readonly hasSuggestions?: boolean;
  readonly Bar: LateMessageBar;
}

/** What the bot says before anything is asked. */
function Greeting({ sectionId, hasSuggestions = false, Bar }: GreetingProps): JSX.Element | null {
  const group = useCreatePrologueMessage(sectionId) as ChatMessageGroup | null;
  return group && <Turn group={group} isRunning={false} isLast={false} hasSuggestions={hasSuggestions} Bar={Bar} />;
}

function Divider({ text }: { readonly text: string }): JSX.Element {
  return (
    <div className="divider">
      <span>{text}</span>
    </div>
  );
}

/** Of use only to somebody who points at a message: it comes when there is one, after all that a visitor waits for. */
function useMessageBar(isWanted: boolean): LateMessageBar {
  const [Bar, setBar] = useState<LateMessageBar>();
  useEffect(() => {
    if (!isWanted || Bar !== undefined) return;
    loadChunk('message-bar', () => import('./bar/message-bar.js')).then(
      (loaded) => setBar(() => loaded.MessageBar),
      // eslint-disable-next-line no-console -- the messages are there without
      () => console.warn('[coze-chat] The bar of the messages could not be loaded.'),
    );
  }, [isWanted]);
  return Bar;
}
