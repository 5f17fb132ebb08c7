/**
 * The messages of the conversation. Built in place of the SDK's `chat-group-list` (src/build/sdk-source.ts). That list renders running and
 * finished turns in different components, so that React creates each turn anew at its end, and it puts all messages on one side.
 */
import { type ChatMessageGroup, useConversationStore } from '@coze/chat-sdk';
import { Fragment, type JSX } from 'react';
import { useCreatePrologueMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/use-create-prologue-message.js';
import { systemClock } from '../../../core/clock.js';
import { useLateComponent } from '../../platform/use-late-component.js';
import { useOncePerFrame } from '../../platform/use-once-per-frame.js';
import { findDay, nameDay, startOfDay } from './days.js';
import type { LateMessageBar } from './message-bar-props.js';
import { useMessages } from './messages-context.js';
import { Turn } from './turn.js';

export function ChatGroupList(): JSX.Element {
  const { strings, locale } = useMessages();
  const conversation = useConversationStore((store) => ({
    finished: store.chatMessageGroups,
    running: store.inProcessChatMessageGroup,
    sectionId: store.sectionId,
    hasGreeting: !store.isShowOnBoarding() && !store.prevHasMore,
  }));
  const { finished, running, sectionId, hasGreeting } = useOncePerFrame(conversation);
  // Loaded late, because an empty chat does not need the bar.
  const Bar = useLateComponent(
    'message-bar',
    () => import('./bar/message-bar.js').then(({ MessageBar }) => MessageBar),
    finished.length > 0,
    'The bar of the messages',
  );
  const groups = running === undefined ? finished : [...finished, running];
  const now = systemClock.now().wallMs;
  const today = startOfDay(now);

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

/** The bot's greeting at the start of a conversation or topic. */
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
