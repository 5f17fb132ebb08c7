import type { LitElement } from 'lit';
import type { ConfigInput } from '../../config/config.js';
import { findTokenEndpoint } from '../../config/mount.js';
import type { ChatTools, GetChatContext } from '../../config/page-tools.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import type { SessionStatus } from '../../session/session-state.js';
import type { ChatLoading, ChatPlacement, ChatTheme } from './enumerated.js';
import type { ChatMode } from './mode.js';
import { resolveLocale } from './resolve-locale.js';

/** The element, as the chat behind it sees it: its properties are the configuration, and the chat's events are fired on it. */
export interface ChatElementHost extends LitElement, ConfigInput {
  readonly heading: string;
  readonly icon: string;
  readonly locale: string;
  readonly strings: Partial<ChatStrings> | undefined;
  readonly chatOptions: unknown;
  readonly tools: ChatTools | undefined;
  readonly context: GetChatContext | undefined;
  readonly mount: unknown;
  readonly frameSrc: string;
  readonly signInUrl: string;
  readonly consent: string;
  readonly consentText: string;
  readonly consentUrl: string;
  readonly debug: boolean;
  readonly mode: ChatMode;
  readonly placement: ChatPlacement;
  readonly theme: ChatTheme;
  readonly loading: ChatLoading;
  readonly teaserDelaySeconds: number;
  /** Accessible name of the chat. */
  readonly chatName: string;
  readonly isBubble: boolean;
  open: boolean;
  readonly forgetOpen: boolean;
  readonly botId: string;
  readonly status: SessionStatus;
  hide(): void;
}

/** Copies each property by name, because they are accessors of the class that a spread would miss. */
export function toConfigInput(host: ChatElementHost): ConfigInput {
  return {
    tokenEndpoint: findTokenEndpoint(host),
    getToken: host.getToken,
    credentials: host.credentials,
    botId: host.botId,
    appId: host.appId,
    workflowId: host.workflowId,
    userId: host.userId,
    userName: host.userName,
    userAvatar: host.userAvatar,
    identityToken: host.identityToken,
    apiBaseUrl: host.apiBaseUrl,
    connectorId: host.connectorId,
    pictureHosts: host.pictureHosts,
    conversationId: host.conversationId,
    locale: resolveLocale(host, host.locale),
    strings: host.strings,
  };
}
