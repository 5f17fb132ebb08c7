/** The frame's script: offers {@link MountFunction} to the page that created the iframe, and has no other export. */
import '../platform/taro/base.css';
import './frame.css';
import './messages/messages.css';
import './theme.css';
import { createRoot } from 'react-dom/client';
import { systemTimers } from '../../core/clock.js';
import { ErrorCode, type Problem } from '../../core/errors.js';
import { unexpectedProblem } from '../../core/unexpected.js';
import { FRAME_BOOT_EVENT, FRAME_ROOT_ID, type FrameSettings, type HostApi, type MountFunction } from '../contract.js';
import { setStrings } from '../platform/taro/strings.js';
import { createAnnouncer } from './bridge/announcer.js';
import { reportEscape } from './bridge/escape.js';
import { reportLinks } from './bridge/report-links.js';
import { followTheme } from './bridge/theme.js';
import { Chat } from './chat.js';
import { ChatBoundary } from './chat-boundary.js';
import { Markdown } from './sdk/overrides/md-stream.js';
import { silenceSdkLog } from './sdk/sdk-log.js';

/** Time in which a chat must be ready after an uncaught error, which may have stopped the start or be harmless. */
const STALLED_AFTER_MS = 5_000;

const mount: MountFunction = (settings, host) => {
  let isReady = false;
  const fail = (cause: unknown): void => host.onFailed(unexpectedProblem(cause));
  const failIfStalled = (cause: unknown): void => void systemTimers.set(() => isReady || fail(cause), STALLED_AFTER_MS);
  // An event without an error is a notice of the browser, for example that a `ResizeObserver` had no time.
  addEventListener('error', ({ error }) => error == null || failIfStalled(error));
  addEventListener('unhandledrejection', ({ reason }) => failIfStalled(reason));
  const onReady: HostApi['onReady'] = (chat) => {
    isReady = true;
    host.onReady(chat);
  };
  start(settings, { ...host, onReady }, fail).catch(fail);
};

async function start(settings: FrameSettings, host: HostApi, onFailed: (cause: unknown) => void): Promise<void> {
  const root = document.getElementById(FRAME_ROOT_ID);
  // Loads the code that formats answers together with a returning visitor's messages. A failure is reported once the chat is ready.
  void host.isReturning?.then((isReturning): unknown => isReturning && Markdown.preload());
  const [token, strings] = await Promise.all([host.getAccessToken(), settings.strings, documentLoaded]);
  if (root === null || token === '') {
    return host.onFailed({ code: ErrorCode.TokenEndpointUnavailable, message: 'No access token came in time.', retryable: true });
  }
  if (!isStyled()) return host.onFailed(stylesProblem);
  silenceSdkLog();
  setStrings(strings);
  reportEscape(document, () => host.onEvent({ type: 'escape' }));
  reportLinks(document, (url) => host.onEvent({ type: 'link', url }));
  const chat = {
    settings,
    strings,
    host,
    token,
    // The URL of the folder; the build must not look for a file there.
    assetsUrl: new URL(/* @vite-ignore */ '.', import.meta.url).href,
    announcer: createAnnouncer(document, systemTimers),
  };
  createRoot(root).render(
    <ChatBoundary onFailed={onFailed}>
      <Chat {...chat} />
    </ChatBoundary>,
  );
}

/** Resolves when the document is loaded, even if its style sheet could not be loaded. */
const documentLoaded = new Promise((resolve) => addEventListener('load', resolve, { once: true }));

const styles = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');

/**
 * Whether the style sheet is loaded. Reads its rules: depending on the engine, a sheet that is missing or forbidden is absent, is empty, or
 * throws. The effect of the rules cannot be checked, because Firefox computes no style in a frame that is not displayed.
 */
function isStyled(): boolean {
  try {
    return (styles?.sheet?.cssRules.length ?? 0) > 0;
  } catch {
    return false;
  }
}

const stylesProblem: Problem = {
  code: ErrorCode.FrameUnavailable,
  message: `The chat's styles did not come from ${styles?.href}. If they are there, byte for byte as in this version, look at network, CORS and the page's policy (style-src).`,
  retryable: true,
};

if (window.frameElement !== null) followTheme(window.frameElement, document.documentElement);
window.frameElement?.dispatchEvent(new CustomEvent(FRAME_BOOT_EVENT, { detail: { mount } }));
