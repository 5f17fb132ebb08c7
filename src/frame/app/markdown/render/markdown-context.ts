/** Values that all elements of one message share. */
import { createContext, useContext } from 'react';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import type { OpenedPicture } from '../../pictures/opened-picture.js';
import type { TaskLists } from './task-lists.js';

export interface MarkdownContextValue {
  readonly strings: ChatStrings;
  readonly tasks: TaskLists;
  /** Whether the visitor can tick tasks: in the newest message, once it is complete. */
  readonly areTasksOpen: boolean;
  readonly onLinkClick: ((event: unknown, link: { readonly url: string }) => void) | undefined;
  readonly onImageClick: ((picture: OpenedPicture) => void) | undefined;
  /** Prefix of the ids of this message's footnotes. */
  readonly idPrefix: string;
}

export const MarkdownContext = createContext<MarkdownContextValue | undefined>(undefined);

export function useMarkdown(): MarkdownContextValue {
  const value = useContext(MarkdownContext);
  if (value === undefined) throw new TypeError('A part of a message is rendered outside of a message.');
  return value;
}
