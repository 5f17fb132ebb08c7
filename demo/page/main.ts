/** The preview page: two visitors' browsers, the switches above them and the log beside them. */
import type { CozeTokenEvent } from '../../src/element/events/chat-events.js';
import type { TokenReason } from '../../src/token/protocol.js';
import { Bubble } from './bubble.js';
import { explainTokenMode, offerTokenLives, onSimulate, onTokenModeChange } from './controls.js';
import { enableCopyButtons } from './copy-buttons.js';
import { formatLife, formatTime } from './duration.js';
import { find } from './find.js';
import { type Account, type PreviewConfig, requestConfig, setTokenLife, simulateOutage } from './host-client.js';
import { showPolicyFor } from './policy-settings.js';
import { TokenLog } from './token-log.js';
import type { TokenMode } from './token-mode.js';
import { TokenStatus } from './token-status.js';
import { type VisitorChangeEvent, VisitorPane } from './visitor-pane.js';

customElements.define('token-status', TokenStatus);
customElements.define('token-log', TokenLog);
customElements.define('visitor-pane', VisitorPane);

const OUTAGE_SECONDS = 10;

const tokenReasons: Readonly<Record<TokenReason, string>> = {
  initial: 'chat opened',
  expiring: 'ahead of expiry',
  rejected: 'old one refused',
  manual: 'on request',
  verify: 'to see whose chat it is',
};

const panes = [...document.querySelectorAll('visitor-pane')];
const log = find<TokenLog>('token-log');
const announcer = find('#announcer');
let tokenMode: TokenMode = 'isolated';

/** For screen readers: what the visitor of the page brought about, not every renewal. */
function announce(text: string): void {
  announcer.textContent = text;
}

function noteVisitor(pane: VisitorPane, { phase, account }: VisitorChangeEvent): void {
  log.add({ atMs: Date.now(), side: pane.side, visitor: account.name, phase, detail: '' });
  announce(`${account.name} ${phase} in the ${pane.side} browser.`);
}

function noteToken(pane: VisitorPane, { phase, reason, expiresAt, attempt }: CozeTokenEvent): void {
  const why = tokenReasons[reason];
  const detail = expiresAt === undefined ? `${why}, attempt ${attempt}` : `${why}, valid until ${formatTime(expiresAt)}`;
  log.add({ atMs: Date.now(), side: pane.side, visitor: pane.account?.name ?? 'Nobody', phase, detail });
  if (phase === 'failed') announce(`${pane.heading}: no token, ${why}`);
}

/** With the shared token what one visitor writes shows up at the other's; invite to look. */
function pointAtLeak(writer: VisitorPane): void {
  if (tokenMode === 'isolated' || writer.account === null) return;
  for (const pane of panes) {
    if (pane !== writer && pane.account?.id !== writer.account.id) pane.expectsMessagesOf = writer.account.name;
  }
}

/** One pane after the other: two chats that at the same moment find no conversation yet would start one each, and share none. */
async function setTokenMode(mode: TokenMode): Promise<void> {
  tokenMode = mode;
  explainTokenMode(mode);
  announce(mode === 'shared' ? 'Both browsers use one shared token.' : 'Each browser has a token of its own.');
  for (const pane of panes) {
    if (tokenMode === mode) await pane.changeTokenMode(mode);
  }
}

async function changeTokenLife(seconds: number): Promise<void> {
  await setTokenLife(seconds);
  for (const pane of panes) pane.refreshToken();
  announce(`New tokens live ${formatLife(seconds)}.`);
}

async function takeEndpointDown(): Promise<void> {
  await simulateOutage(OUTAGE_SECONDS);
  announce(`The token endpoint is down for ${OUTAGE_SECONDS} seconds.`);
  for (const pane of panes) pane.refreshToken();
  await new Promise((resolve) => setTimeout(resolve, OUTAGE_SECONDS * 1000));
  announce('The token endpoint is up again.');
}

/** Ends with the other visitor, after every one had the browser twice: nothing of an earlier one may show up at the last. */
async function switchAccountsFast(pane: VisitorPane, accounts: readonly Account[]): Promise<void> {
  const ids = accounts.map(({ id }) => id);
  const order = pane.account?.id === ids[0] ? ids.toReversed() : ids;
  await Promise.all([...order, ...order, order[0] ?? ''].map((id) => pane.changeAccount(id)));
}

/** The page's texts are written for the stand-in. */
function describeRealService({ apiBaseUrl, tokenLife }: PreviewConfig): void {
  find('#service-note').textContent = `Tidewater Coffee, Alice and Bob are made up. The chat talks to ${apiBaseUrl}.`;
  find('#shortest-life').textContent = formatLife(Math.min(...tokenLife.choicesSeconds));
}

async function start(): Promise<void> {
  enableCopyButtons();
  showPolicyFor(find<HTMLFormElement>('#policy-settings'));
  const config = await requestConfig();
  const [left] = panes;
  if (left === undefined) throw new Error('The page has no pane');
  const bubble = new Bubble(config, { side: left.side, account: null, tokenMode });
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
  offerTokenLives(config.tokenLife, (seconds) => void changeTokenLife(seconds));
  onSimulate('#simulate-outage', takeEndpointDown);
  onSimulate('#simulate-switch', () => switchAccountsFast(left, config.accounts));
  if (!config.usesStandIn) describeRealService(config);
  await Promise.all(panes.map((pane) => pane.resume()));
}

void start();
