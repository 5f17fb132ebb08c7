/** `<coze-chat>`, from the built bundle. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Contender, isAsset, type Settings } from './contender.js';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

/** As a page has it that asks for nothing else: the chat's code comes when somebody comes near. */
export const ours = withAttributes('ours', 'forget-open');

/** As a page has it that would rather load everything at once, as the other widgets do. */
export const oursEager = withAttributes('ours, eager', 'forget-open loading="eager"');

/** As a page has it on which a chat that is open stays open from one page to the next. */
export const oursReopening = withAttributes('ours', '');

/** The same, with a gateway of the website's before the API. */
export const oursByGateway = withAttributes('ours, gateway', '', (pane) => ({
  apiBaseUrl: `/visitors/${pane}/gateway`,
  tokenEndpoint: `/visitors/${pane}/gateway/token`,
}));

/** The same, with an endpoint that keeps the tokens of its visitors. */
export const oursByTokenCache = withAttributes('ours, token cache', '', (pane, { apiBaseUrl }) => ({
  apiBaseUrl,
  tokenEndpoint: `/visitors/${pane}/token-cache/token`,
}));

type Addresses = Pick<Settings, 'apiBaseUrl' | 'tokenEndpoint'>;

/** @param toAddresses in place of those of the site, by the pane that is signed in */
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
