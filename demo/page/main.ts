/** The preview page: two visitors' browsers, the switches above them and the log beside them. */
import { ErrorCode } from '../../src/core/errors.js';
import type { CozeTokenEvent } from '../../src/element/events/chat-events.js';
import type { TokenReason } from '../../src/token/protocol.js';
import { LanguageSwitch } from '../site/language-switch.js';
import { fill } from '../site/marked-text.js';
import { choosePageLanguage, withPageLanguage } from '../site/page-language.js';
import { showStrings } from '../site/page-strings.js';
import { Bubble } from './bubble.js';
import { explainTokenMode, offerTokenLives, onSimulate, onTokenModeChange } from './controls.js';
import { enableCopyButtons } from './copy-buttons.js';
import { formatLife, formatTime } from './duration.js';
import { find } from './find.js';
import { type Account, type PreviewConfig, requestConfig, setTokenLife, simulateOutage } from './host-client.js';
import { showPolicyFor } from './policy-settings.js';
import type { PreviewStrings } from './strings/en.js';
import { INITIAL_LIFE_SECONDS, INITIAL_VALUES, OUTAGE_SECONDS } from './strings/initial-values.js';
import { PREVIEW_STRINGS } from './strings/strings.js';
import { TokenLog } from './token-log.js';
import type { TokenMode } from './token-mode.js';
import { TokenStatus } from './token-status.js';
import { type VisitorChangeEvent, VisitorPane } from './visitor-pane.js';

customElements.define('language-switch', LanguageSwitch);
customElements.define('token-status', TokenStatus);
customElements.define('token-log', TokenLog);
customElements.define('visitor-pane', VisitorPane);

const REASON_STRINGS = {
  initial: 'reasonInitial',
  expiring: 'reasonExpiring',
  rejected: 'reasonRejected',
  manual: 'reasonManual',
  verify: 'reasonVerify',
} as const satisfies Readonly<Record<TokenReason, keyof PreviewStrings>>;

const LANGUAGE = choosePageLanguage(location.search, navigator.language);
const strings = PREVIEW_STRINGS[LANGUAGE];
const panes = [...document.querySelectorAll('visitor-pane')];
const log = find<TokenLog>('token-log');
const announcer = find('#announcer');
let tokenMode: TokenMode = 'isolated';

/** Announces to screen readers what the visitor of the page did, but not every renewal. */
function announce(text: string): void {
  announcer.textContent = text;
}

function noteVisitor(pane: VisitorPane, { phase, account: { name } }: VisitorChangeEvent): void {
  const { browser } = pane;
  log.add({ atMs: Date.now(), browser, visitor: name, phase, detail: '' });
  announce(fill(phase === 'signed in' ? strings.didSignIn : strings.didSignOut, { name, browser }));
}

function noteToken(pane: VisitorPane, { phase, reason: key, expiresAt, attempt, code }: CozeTokenEvent): void {
  const reason = strings[REASON_STRINGS[key]];
  const entry = { atMs: Date.now(), browser: pane.browser, visitor: pane.account?.name ?? strings.nobody };
  // The request was sent with the previous visitor's session.
  if (code === ErrorCode.IdentityMismatch || code === ErrorCode.SignedOut)
    return log.add({ ...entry, phase: 'overtaken', detail: strings.overtaken });
  const detail =
    expiresAt === undefined
      ? fill(strings.attempt, { reason, attempt })
      : fill(strings.validUntil, { reason, time: formatTime(expiresAt) });
  log.add({ ...entry, phase, detail });
  if (phase === 'failed') announce(fill(strings.failedIn, { browser: pane.heading, reason }));
}

/** With the shared token, a visitor's message shows up in the other pane; points the visitor there. */
function pointAtLeak(writer: VisitorPane): void {
  if (tokenMode === 'isolated' || writer.account === null) return;
  for (const pane of panes) {
    if (pane !== writer && pane.account?.id !== writer.account.id) pane.expectsMessagesOf = writer.account.name;
  }
}

/** Changes one pane after the other: two chats that start at the same time without a conversation would each create one, and share none. */
async function setTokenMode(mode: TokenMode): Promise<void> {
  tokenMode = mode;
  explainTokenMode(mode);
  announce(mode === 'shared' ? strings.usesShared : strings.usesIsolated);
  for (const pane of panes) {
    if (tokenMode === mode) await pane.changeTokenMode(mode);
  }
}

async function changeTokenLife(seconds: number): Promise<void> {
  await setTokenLife(seconds);
  for (const pane of panes) pane.refreshToken();
  announce(fill(strings.newLife, { life: formatLife(seconds, strings) }));
}

async function takeEndpointDown(): Promise<void> {
  await simulateOutage(OUTAGE_SECONDS);
  announce(fill(strings.isDown, { seconds: OUTAGE_SECONDS }));
  for (const pane of panes) pane.refreshToken();
  await new Promise((resolve) => setTimeout(resolve, OUTAGE_SECONDS * 1000));
  announce(strings.isUp);
}

/**
 * Ends with the other visitor, after each account has been signed in twice: nothing of an earlier account may be visible to the last one.
 */
async function switchAccountsFast(pane: VisitorPane, accounts: readonly Account[]): Promise<void> {
  const ids = accounts.map(({ id }) => id);
  const order = pane.account?.id === ids[0] ? ids.toReversed() : ids;
  await Promise.all([...order, ...order, order[0] ?? ''].map((id) => pane.changeAccount(id)));
}

/** Shows the page's strings in the visitor's language, before it is known which Coze API is used. */
function showPage(): void {
  document.documentElement.lang = LANGUAGE;
  document.title = strings.pageTitle;
  find<HTMLMetaElement>('meta[name=description]').content = strings.pageDescription;
  showStrings(document, strings, { ...INITIAL_VALUES, life: formatLife(INITIAL_LIFE_SECONDS, strings) });
  for (const element of [log, ...panes]) element.strings = strings;
  for (const pane of panes) pane.language = LANGUAGE;
  find<LanguageSwitch>('language-switch').language = LANGUAGE;
  find<HTMLAnchorElement>('#docs-link').href = `/docs/${LANGUAGE}/`;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-keeps-language]')) {
    link.href = withPageLanguage(link.href, LANGUAGE);
  }
}

/** Says which Coze API is used. */
function describeService({ apiBaseUrl, botIds, usesStandIn, tokenLife }: PreviewConfig): void {
  const { host } = new URL(apiBaseUrl);
  find('#service-note').textContent = fill(usesStandIn ? strings.talksToStandIn : strings.talksToCoze, { host, bot: botIds[LANGUAGE] });
  const life = formatLife(Math.min(...tokenLife.choicesSeconds), strings);
  showStrings(find('.try-list'), strings, { life });
}

async function start(): Promise<void> {
  showPage();
  enableCopyButtons(strings);
  showPolicyFor(find<HTMLFormElement>('#policy-settings'), strings);
  const config = await requestConfig();
  describeService(config);
  const [left] = panes;
  if (left === undefined) throw new Error('The page has no pane');
  const bubble = new Bubble(config, LANGUAGE, { side: left.side, account: null, tokenMode });
  const followLeftPane = (): void => bubble.serve({ side: left.side, account: left.account, tokenMode });

  for (const pane of panes) {
    pane.config = config;
    pane.addEventListener('coze-token', (event) => noteToken(pane, event));
    pane.addEventListener('coze-message', (event) => {
      if (event.role === 'user') pointAtLeak(pane);
    });
    pane.addEventListener('visitor-change', (event) => noteVisitor(pane, event));
  }
  left.addEventListener('visitor-change', followLeftPane);
  onTokenModeChange((mode) => {
    void setTokenMode(mode);
    followLeftPane();
  });
  offerTokenLives(config.tokenLife, strings, (seconds) => void changeTokenLife(seconds));
  onSimulate('#simulate-outage', strings.outageRunning, takeEndpointDown);
  onSimulate('#simulate-switch', strings.fastSwitchRunning, () => switchAccountsFast(left, config.accounts));
  await Promise.all(panes.map((pane) => pane.resume()));
}

void start();
