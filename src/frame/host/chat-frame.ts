/**
 * The page's side of the chat frame: a same-origin iframe of its own for each chat. Removing it ends everything the SDK never
 * cleans up itself (streams, timers, audio), which is what makes a change of identity safe.
 */
import type { Timers } from '../../core/clock.js';
import { ErrorCode, type Problem } from '../../core/errors.js';
import type { Language } from '../../locales/language.js';
import { FRAME_BOOT_EVENT, type FrameBootEvent, type FrameSettings, type HostApi, type MountFunction } from '../contract.js';
import { trustedHtml } from '../trusted-html.js';
import { frameDocument } from './frame-document.js';

export interface FrameAssets {
  /** Absolute URLs of the frame's script and stylesheet. */
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** CSP nonce of the page, when it uses nonces instead of hosts. */
  readonly nonce: string | undefined;
}

/** What a frame's document says of the chat that it will have: it cannot be changed in it. */
export interface FrameHead {
  readonly language: Language;
  /** Where the chat will ask: connected to while its code and the first token are on their way. */
  readonly apiBaseUrl: string;
  /** Whose pictures may load: sources of a content security policy. */
  readonly pictures: readonly string[];
}

export interface PreparedFrameOptions {
  readonly container: HTMLElement;
  readonly assets: FrameAssets;
  readonly head: FrameHead;
  readonly timers: Timers;
}

export interface ChatFrameOptions {
  readonly settings: FrameSettings;
  readonly host: HostApi;
  /** Accessible name of the iframe. */
  readonly title: string;
}

export interface ChatFrame {
  /** Accessible name of the iframe. */
  setTitle(title: string): void;
  /** Removes the iframe. Final; nothing reaches the host afterwards. */
  destroy(): void;
}

/** An iframe that loads the chat's code before a visitor is known: it has no token and no bot. */
export interface PreparedFrame extends Pick<ChatFrame, 'destroy'> {
  /** Starts the chat of one visitor in it. Once. */
  mount(options: ChatFrameOptions): ChatFrame;
}

const BOOT_DEADLINE_MS = 30_000;
const FOCUS_EVENTS = ['focus', 'blur'] as const;

const bootFailure = ({ scriptUrl }: FrameAssets): Problem => ({
  code: ErrorCode.FrameUnavailable,
  message: `The chat's own code did not start from ${scriptUrl}. If nothing is there, let your build begin with "npx coze-chat-embed copy public/coze-chat-embed" and set frame-src="/coze-chat-embed/". If it is, look at network, CORS and the policy's script-src.`,
  retryable: true,
});

export function prepareChatFrame({ container, assets, head, timers }: PreparedFrameOptions): PreparedFrame {
  const iframe = container.ownerDocument.createElement('iframe');
  iframe.allow = 'microphone; clipboard-write';
  iframe.setAttribute('part', 'frame');
  const html = trustedHtml(frameDocument({ ...assets, ...head }));
  iframe.srcdoc = html;

  let mountInside: MountFunction | undefined;
  let hasFailed = false;
  let chat: ChatFrameOptions | undefined;
  let cancelDeadline = (): void => undefined;
  const begin = (): void => {
    if (mountInside === undefined || chat === undefined) return;
    cancelDeadline();
    mountInside(chat.settings, chat.host);
  };
  const fail = (): void => {
    cancelDeadline();
    chat?.host.onFailed(bootFailure(assets));
  };
  // Not only once: an iframe that is moved in its page loads anew.
  const onFocus = ({ type }: Event): void => chat?.host.onFocus(type === 'focus');
  const onBoot = (event: Event): void => {
    for (const type of FOCUS_EVENTS) iframe.contentWindow?.addEventListener(type, onFocus);
    mountInside = (event as FrameBootEvent).detail.mount;
    begin();
  };
  // A document has loaded when its script has run, or never will: not there, forbidden, or some page of the host in its place.
  const onLoad = (): void => {
    hasFailed = mountInside === undefined;
    if (hasFailed) fail();
  };
  iframe.addEventListener(FRAME_BOOT_EVENT, onBoot);
  iframe.addEventListener('load', onLoad);
  container.append(iframe);

  const destroy = (): void => {
    cancelDeadline();
    iframe.removeEventListener(FRAME_BOOT_EVENT, onBoot);
    iframe.removeEventListener('load', onLoad);
    // Its end takes the focus away, which says nothing of the visitor; the listener would run in the middle of the removal.
    for (const type of FOCUS_EVENTS) iframe.contentWindow?.removeEventListener(type, onFocus);
    iframe.remove();
  };
  return {
    destroy,
    mount: (options) => {
      chat = options;
      iframe.title = options.title;
      cancelDeadline = timers.set(fail, BOOT_DEADLINE_MS);
      // A file that failed during the preload may be available now.
      if (hasFailed) iframe.srcdoc = html;
      begin();
      return { setTitle: (title) => (iframe.title = title), destroy };
    },
  };
}
