/**
 * The page's side of the chat frame: a same-origin iframe for each chat. Removing the iframe ends everything that the SDK never cleans up
 * (streams, timers, audio), which makes a change of identity safe.
 */
import type { Timers } from '../../core/clock.js';
import { ErrorCode, type Problem } from '../../core/errors.js';
import { FRAME_BOOT_EVENT, FRAME_ROOT_ID, type FrameBootEvent, type FrameSettings, type HostApi, type MountFunction } from '../contract.js';
import { holdWheel } from '../hold-wheel.js';
import type { FrameDocumentOptions } from './frame-document.js';
import { FRAME_SCRIPT } from './frame-files.js';
import { followPrinting } from './print-layout.js';
import { trustedFrameDocument } from './trusted-frame-document.js';

/** Location and nonce of the frame's files. */
export type FrameAssets = Pick<FrameDocumentOptions, 'folder' | 'nonce'>;

/** Properties of a chat that are part of the frame's document and cannot change in it. */
export type FrameHead = Omit<FrameDocumentOptions, keyof FrameAssets>;

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
  /** Removes the iframe for good. It calls nothing of the host afterwards. */
  destroy(): void;
}

/** An iframe that loads the chat's code before the visitor is known. It has neither token nor bot. */
export interface PreparedFrame extends Pick<ChatFrame, 'destroy'> {
  /** The iframe's window, once its document has been parsed; requests from it end with the iframe. */
  view(): (Window & typeof globalThis) | undefined;
  /** Starts the chat of one visitor in the iframe. May be called once. */
  mount(options: ChatFrameOptions): ChatFrame;
}

const BOOT_DEADLINE_MS = 30_000;
const FOCUS_EVENTS = ['focus', 'blur'] as const;

const bootFailure = ({ folder }: FrameAssets): Problem => ({
  code: ErrorCode.FrameUnavailable,
  message: `The chat's own code did not start from ${folder}${FRAME_SCRIPT.name}. If nothing is there, let your build begin with "npx coze-chat-embed copy public/coze-chat-embed" and set frame-src="/coze-chat-embed/". If it is, look at network, CORS and the policy's script-src. If it is not, byte for byte, the file of this version, browsers refuse it.`,
  retryable: true,
});

export function prepareChatFrame({ container, assets, head, timers }: PreparedFrameOptions): PreparedFrame {
  const iframe = container.ownerDocument.createElement('iframe');
  iframe.allow = 'microphone; clipboard-write';
  iframe.setAttribute('part', 'frame');
  const html = trustedFrameDocument({ ...assets, ...head });
  const load = (): void => void (iframe.srcdoc = html);
  load();

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
  const onFocus = ({ type }: Event): void => chat?.host.onFocus(type === 'focus');
  // May run several times: an iframe that is moved in its page loads again.
  const onBoot = (event: Event): void => {
    for (const type of FOCUS_EVENTS) iframe.contentWindow?.addEventListener(type, onFocus);
    iframe.contentWindow?.addEventListener('wheel', holdWheel, { passive: false });
    mountInside = (event as FrameBootEvent).detail.mount;
    begin();
  };
  // At `load` the frame's script has run or never will: missing, blocked, or replaced by a page of the host.
  const onLoad = (): void => {
    hasFailed = mountInside === undefined;
    if (hasFailed) fail();
  };
  iframe.addEventListener(FRAME_BOOT_EVENT, onBoot);
  iframe.addEventListener('load', onLoad);
  container.append(iframe);
  const stopPrinting = followPrinting(iframe);

  const destroy = (): void => {
    cancelDeadline();
    stopPrinting();
    iframe.removeEventListener(FRAME_BOOT_EVENT, onBoot);
    iframe.removeEventListener('load', onLoad);
    // Removing the iframe blurs it, which says nothing about the visitor; the listener would run during the removal.
    for (const type of FOCUS_EVENTS) iframe.contentWindow?.removeEventListener(type, onFocus);
    iframe.remove();
  };
  return {
    destroy,
    view: () => {
      const { contentDocument, contentWindow } = iframe;
      return contentDocument?.getElementById(FRAME_ROOT_ID) ? (contentWindow as Window & typeof globalThis) : undefined;
    },
    mount: (options) => {
      chat = options;
      iframe.title = options.title;
      cancelDeadline = timers.set(fail, BOOT_DEADLINE_MS);
      // A file that could not be preloaded may be available now.
      if (hasFailed) load();
      begin();
      return { setTitle: (title) => (iframe.title = title), destroy };
    },
  };
}
