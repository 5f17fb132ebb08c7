/** `<coze-chat>` from the built bundle. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Contender, isAsset, type Settings } from './contender.js';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

/** With default settings: the chat's code is loaded when the visitor approaches the launcher. */
export const ours = withAttributes('ours', 'forget-open');

/** Loads everything at once, as the other widgets do. */
export const oursEager = withAttributes('ours, eager', 'forget-open loading="eager"');

/** Reopens an open chat on the visitor's next page. */
export const oursReopening = withAttributes('ours', '');

/** The default with a gateway of the website in front of the API. */
export const oursByGateway = withAttributes('ours, gateway', '', (pane) => ({
  apiBaseUrl: `/visitors/${pane}/gateway`,
  tokenEndpoint: `/visitors/${pane}/gateway/token`,
}));

/** The default with an endpoint that caches the visitors' tokens. */
export const oursByTokenCache = withAttributes('ours, token cache', '', (pane, { apiBaseUrl }) => ({
  apiBaseUrl,
  tokenEndpoint: `/visitors/${pane}/token-cache/token`,
}));

type Addresses = Pick<Settings, 'apiBaseUrl' | 'tokenEndpoint'>;

/** @param toAddresses replaces the site's URLs, depending on the pane that is signed in */
function withAttributes(name: string, attributes: string, toAddresses?: (pane: string, site: Addresses) => Addresses): Contender {
  return {
    name,
    launcher: 'button',
    body: (settings) => {
      const { apiBaseUrl, botId, tokenEndpoint } = { ...settings, ...toAddresses?.('left', settings) };
      return `
<script type="module" src="/bench/${encodeURI(name)}/define.js"></script>
<coze-chat ${attributes} api-base-url="${apiBaseUrl}" bot-id="${botId}" token-endpoint="${tokenEndpoint}"></coze-chat>`;
    },
    async files() {
      const files = (await readdir(DIST, { recursive: true })).filter(isAsset);
      return Object.fromEntries(files.map((file) => [file, `${DIST}/${file}`]));
    },
  };
}
