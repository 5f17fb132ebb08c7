/** A message of our own that says: the answer above broke off. */
import { type ChatV3Message, RoleType } from '@coze/api';

/** Coze's ids are numbers. */
const brokenAnswerId = 'broken-answer';

/** To follow `message`. Of a type the SDK leaves to us to show, so that it is not part of what is copied or read aloud. */
export function brokenAnswer(message: ChatV3Message): ChatV3Message {
  return {
    ...message,
    id: brokenAnswerId,
    role: RoleType.Assistant,
    type: 'answer',
    content_type: 'card',
    content: '',
    reasoning_content: '',
  };
}

export function isBrokenAnswer({ id }: { readonly id: string }): boolean {
  return id === brokenAnswerId;
}
