/** `<coze-chat>`, from the built bundle. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Contender, isAsset } from './contender.js';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

export const ours: Contender = {
  name: 'ours',
  launcher: 'button',
  body: ({ apiBaseUrl, botId, tokenEndpoint }) => `
<script type="module" src="/bench/ours/define.js"></script>
<coze-chat forget-open api-base-url="${apiBaseUrl}" bot-id="${botId}" token-endpoint="${tokenEndpoint}"></coze-chat>`,
  async files() {
    const names = (await readdir(dist, { recursive: true })).filter(isAsset);
    return Object.fromEntries(names.map((name) => [name, `${dist}/${name}`]));
  },
};
