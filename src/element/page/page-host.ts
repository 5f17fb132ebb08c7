import type { ChatStrings } from '../../locales/translations/en.js';
import type { LauncherStrings } from '../launcher/launcher-strings.js';

/** The element, as the features of its page see it. */
export interface PageFeatureHost extends HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly botId: string;
  readonly isBubble: boolean;
  readonly open: boolean;
  readonly strings: Partial<ChatStrings> | undefined;
  /** `undefined` in English. */
  readonly launcherStrings: LauncherStrings | undefined;
  readonly teaser: string;
  readonly teaserDelaySeconds: number;
  /** The page's trigger that opened the panel. */
  opener: HTMLElement | undefined;
  show(): void;
  hide(): void;
  toggle(): void;
  readonly sendFromTriggers: boolean;
  sendMessage(text: string): Promise<unknown>;
  composeMessage(text: string): Promise<unknown>;
  requestUpdate(): void;
}
