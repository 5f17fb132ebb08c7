import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { parseChatOptions } from '../../../src/config/chat-options-schema.js';
import icon from '../../page/icon.svg';
import { LightElement } from '../../page/light-element.js';
import { fill, marked } from '../../site/marked-text.js';
import { type PageLanguage, withPageLanguage } from '../../site/page-language.js';
import { toOptions } from '../output/pasted-chat.js';
import { readAddress, toAddress } from '../settings/address.js';
import { CONTROLS } from '../settings/control.js';
import { CONTROL_GROUPS, type GroupName } from '../settings/groups.js';
import { INITIAL_SETTINGS, type Settings, valueOf, withValue } from '../settings/settings.js';
import type { StageMessage } from '../stage/stage-message.js';
import { PLAYGROUND_STRINGS } from '../strings/strings.js';
import type { ControlChangeEvent } from './control-field.js';
import type { ViewChangeEvent } from './paste-output.js';

/** The bot of the live chat, unless people use their own. */
export interface DemoBot {
  readonly connection: StageMessage['connection'];
  readonly usesStandIn: boolean;
}

const GROUP_NAMES = Object.keys(CONTROL_GROUPS) as readonly GroupName[];
const OPEN_GROUPS: ReadonlySet<GroupName> = new Set(['basics', 'colours']);

/**
 * The whole page. The URL holds the settings, but not whether the chat uses the reader's own bot, so that no link makes a browser request a
 * token.
 */
export class PlaygroundApp extends LightElement {
  @property({ attribute: false }) language: PageLanguage = 'en';
  @property({ attribute: false }) demo: DemoBot | undefined;
  @state() private settings: Settings = INITIAL_SETTINGS;
  @state() private ignored: readonly string[] = [];
  @state() private usesOwnBot = false;
  /** A new number recreates all fields, because their values were not typed into them. */
  @state() private generation = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
  }

  protected override render() {
    const strings = PLAYGROUND_STRINGS[this.language];
    return html`
      <a class="skip-link" href="#live" @click=${this.#skip}>${strings.skip}</a>
      <header class="site-header">
        <div class="wrap site-header-row">
          <a class="wordmark" href=${this.#link('/')}>
            <img class="wordmark-sign" src=${icon} alt="" width="28" height="28" />
            Coze Chat Embed
          </a>
          <nav class="site-nav" aria-label=${strings.navigation}>
            <a href=${this.#link('/')}>${strings.preview}</a>
            <a href=${this.#link('/playground/')} aria-current="page">${strings.title}</a>
            <a href="/docs/${this.language}/">${strings.documentation}</a>
          </nav>
          <nav class="site-languages" aria-label=${strings.languages}>
            <language-switch .language=${this.language}></language-switch>
          </nav>
        </div>
      </header>
      <main class="wrap">
        <div class="playground-head">
          <h1>${strings.title}</h1>
          <p class="lead">${strings.lead}</p>
          <p class="notice" role="status" ?hidden=${this.ignored.length === 0}>${this.#describeIgnored()}</p>
        </div>
        <div class="playground" @control-change=${this.#changeValue} @view-change=${this.#changeView}>
          <section class="playground-settings" aria-labelledby="settings-title">
            <div class="section-head">
              <h2 id="settings-title">${strings.settings}</h2>
              <button class="button button-quiet" type="button" @click=${this.#reset}>${strings.reset}</button>
            </div>
            ${keyed(
              this.generation,
              GROUP_NAMES.map((name) => this.#renderGroup(name)),
            )}
          </section>
          <section class="playground-live" id="live" tabindex="-1" aria-labelledby="live-title">${this.#renderLive()}</section>
          <section class="playground-paste" aria-labelledby="paste-title">
            <paste-output .settings=${this.settings} .language=${this.language}></paste-output>
          </section>
        </div>
      </main>
    `;
  }

  #renderGroup(name: GroupName) {
    const strings = PLAYGROUND_STRINGS[this.language];
    const controls = CONTROL_GROUPS[name].map((control) => CONTROLS.get(control)).filter((control) => control !== undefined);
    return html`<details class="group" ?open=${OPEN_GROUPS.has(name)}>
      <summary>${strings.groups[name]}</summary>
      <div class="group-fields">
        ${controls.map(
          (control) =>
            html`<control-field .control=${control} .strings=${strings} .value=${valueOf(this.settings, control.name)}></control-field>`,
        )}
      </div>
    </details>`;
  }

  #renderLive() {
    const strings = PLAYGROUND_STRINGS[this.language];
    const choices = [
      [false, this.demo?.usesStandIn === false ? strings.realService : strings.standIn],
      [true, strings.ownBot],
    ] as const;
    const problem = this.#findProblem();
    return html`
      <div class="section-head">
        <h2 id="live-title">${strings.live}</h2>
        <fieldset class="talks-to">
          <legend>${strings.talksTo}</legend>
          ${choices.map(
            ([isOwn, label]) =>
              html`<label
                ><input
                  type="radio"
                  name="talks-to"
                  autocomplete="off"
                  .checked=${isOwn === this.usesOwnBot}
                  @change=${() => (this.usesOwnBot = isOwn)}
                />
                ${label}</label
              >`,
          )}
        </fieldset>
      </div>
      ${this.usesOwnBot ? html`<p class="notice">${this.#ownConnection === undefined ? strings.ownBotMissing : marked(strings.ownBotHint)}</p>` : nothing}
      <p class="notice notice-problem" role="status" ?hidden=${problem === undefined}>
        ${strings.problem} <code lang="en">${problem}</code>
      </p>
      <stage-frame label=${strings.liveFrame} .message=${this.#stageMessage}></stage-frame>
    `;
  }

  /** The problem that the element's own validation finds in the options. */
  #findProblem(): string | undefined {
    const parsed = parseChatOptions(toOptions(this.settings.values) ?? {}, location.href);
    return parsed.ok ? undefined : parsed.error.message;
  }

  get #stageMessage(): StageMessage | undefined {
    const connection = this.usesOwnBot ? (this.#ownConnection ?? this.demo?.connection) : this.demo?.connection;
    return connection && { settings: toAddress(this.settings), connection, language: this.language };
  }

  /** `undefined` while a field is empty. */
  get #ownConnection(): StageMessage['connection'] | undefined {
    const { values } = this.settings;
    if (values['token-endpoint'] === undefined || (values['bot-id'] ?? values['app-id']) === undefined) return undefined;
    return Object.fromEntries(CONTROL_GROUPS.connection.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
  }

  #describeIgnored(): string {
    const { ignored, ignoredAll } = PLAYGROUND_STRINGS[this.language];
    return this.ignored.includes('#') ? ignoredAll : fill(ignored, { names: this.ignored.join(', ') });
  }

  readonly #changeValue = ({ control, value }: ControlChangeEvent): void => this.#take(withValue(this.settings, control, value));

  readonly #changeView = ({ change }: ViewChangeEvent): void => this.#take({ ...this.settings, ...change });

  readonly #reset = (): void => {
    this.generation += 1;
    this.#take(INITIAL_SETTINGS);
  };

  /** The URL's fragment is reserved for the settings, so the skip link must not change it. */
  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#live')?.focus();
  };

  #take(settings: Settings): void {
    this.settings = settings;
    this.ignored = [];
    this.#writeAddress();
  }

  readonly #readAddress = (): void => {
    const { settings, ignored } = readAddress(location.hash);
    this.settings = settings;
    this.ignored = ignored;
    // Another URL may be from somebody else, even if it is opened while this page is open.
    this.usesOwnBot = false;
    this.generation += 1;
    if (ignored.length > 0) this.#writeAddress();
  };

  #writeAddress(): void {
    const { pathname, search } = location;
    const address = toAddress(this.settings);
    history.replaceState(null, '', `${pathname}${search}${address === '' ? '' : `#${address}`}`);
  }

  #link(path: string): string {
    return withPageLanguage(new URL(path, location.href).href, this.language);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'playground-app': PlaygroundApp;
  }
}
