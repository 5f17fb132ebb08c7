/**
 * The page's side of the chat frame: a same-origin iframe of its own for each chat. Removing it ends everything the SDK never
 * cleans up itself (streams, timers, audio), which is what makes a change of identity safe.
 */
import { ErrorCode, type Problem } from '../errors.js';
import type { Timers } from '../token/time.js';
import { FRAME_BOOT_EVENT, type FrameBootEvent, type FrameHost, type FrameSettings } from './contract.js';
import { frameDocument } from './frame-document.js';
import { trustedHtml } from './trusted-html.js';

export interface FrameAssets {
  /** Absolute URLs of the frame's script and stylesheet. */
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** CSP nonce of the page, when it uses nonces instead of hosts. */
  readonly nonce: string | undefined;
}

export interface ChatFrameOptions {
  readonly container: HTMLElement;
  readonly settings: FrameSettings;
  readonly host: FrameHost;
  readonly assets: FrameAssets;
  /** Accessible name of the iframe. */
  readonly title: string;
  readonly timers: Timers;
}

export interface ChatFrame {
  /** Removes the iframe. Final; nothing reaches the host afterwards. */
  destroy(): void;
}

const BOOT_DEADLINE_MS = 30_000;
const bootFailure: Problem = {
  code: ErrorCode.FrameUnavailable,
  message:
    'The chat frame did not start. Check that frame.js and frame.css can be loaded (network, CSP script-src and style-src, frame-src attribute).',
  retryable: true,
};

export function createChatFrame({ container, settings, host, assets, title, timers }: ChatFrameOptions): ChatFrame {
  const iframe = container.ownerDocument.createElement('iframe');
  iframe.title = title;
  iframe.allow = 'microphone; clipboard-write';
  iframe.setAttribute('part', 'frame');
  iframe.srcdoc = trustedHtml(frameDocument({ ...assets, language: settings.locale }));

  const mount = (event: Event): void => {
    cancelDeadline();
    (event as FrameBootEvent).detail.mount(settings, host);
  };
  const cancelDeadline = timers.set(() => host.onFailed(bootFailure), BOOT_DEADLINE_MS);
  iframe.addEventListener(FRAME_BOOT_EVENT, mount);
  container.append(iframe);

  return {
    destroy: () => {
      cancelDeadline();
      iframe.removeEventListener(FRAME_BOOT_EVENT, mount);
      iframe.remove();
    },
  };
}
