/** The playground: settings, the live chat, and the code to paste for them. */
import { find } from '../page/find.js';
import { login, requestConfig } from '../page/host-client.js';
import { CodeCard } from '../site/code-card.js';
import { LanguageSwitch } from '../site/language-switch.js';
import { choosePageLanguage } from '../site/page-language.js';
import { PLAYGROUND_STRINGS } from './strings/strings.js';
import { ControlField } from './view/control-field.js';
import { PasteOutput } from './view/paste-output.js';
import { PlaygroundApp } from './view/playground-app.js';
import { StageFrame } from './view/stage-frame.js';

/** The pane under which the demo website keeps this page's session. */
const PANE = 'playground';

const app = find<PlaygroundApp>('playground-app');
app.language = choosePageLanguage(location.search, navigator.language);
document.documentElement.lang = app.language;
const strings = PLAYGROUND_STRINGS[app.language];
document.title = `${strings.title} · Coze Chat Embed`;
find<HTMLMetaElement>('meta[name=description]').content = strings.description;

customElements.define('language-switch', LanguageSwitch);
customElements.define('code-card', CodeCard);
customElements.define('control-field', ControlField);
customElements.define('stage-frame', StageFrame);
customElements.define('paste-output', PasteOutput);
customElements.define('playground-app', PlaygroundApp);

async function start(): Promise<void> {
  const [{ apiBaseUrl, botIds, usesStandIn }] = await Promise.all([requestConfig(), login(PANE, 'alice')]);
  app.demo = {
    connection: { 'token-endpoint': `/visitors/${PANE}/api/coze/token`, 'api-base-url': apiBaseUrl, 'bot-id': botIds[app.language] },
    usesStandIn,
  };
}

void start();
