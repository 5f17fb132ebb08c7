import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LightElement } from '../../page/light-element.js';
import type { Control } from '../settings/control.js';
import { checkValue, MAX_VALUE_LENGTH, type ValueVerdict } from '../settings/settings.js';
import type { PlaygroundStrings } from '../strings/en.js';

/** Fired when a valid value was chosen; `''` for the default. */
export class ControlChangeEvent extends Event {
  readonly control: Control;
  readonly value: string;

  constructor(control: Control, value: string) {
    super('control-change', { bubbles: true });
    this.control = control;
    this.value = value;
  }
}

/** With more choices than this, the control is a list. */
const MAX_SEGMENTS = 3;
/** Values of these settings go into requests, so they are taken only when they are complete. */
const COMMITTED_ON_CHANGE = /(?:icon|image|endpoint|url|id|hosts)$/i;
const COLOUR = /^#[\da-f]{6}$/i;

/** One setting. Invalid input stays in the field and is not passed on. */
export class ControlField extends LightElement {
  @property({ attribute: false }) control!: Control;
  @property({ attribute: false }) strings!: PlaygroundStrings;
  /** The effective value. */
  @property() value = '';
  @state() private verdict: ValueVerdict = 'valid';
  /** The field's content while it is edited or invalid. */
  @state() private draft: string | undefined;

  protected override render() {
    const { control } = this;
    if (control.kind === 'flag') return this.#renderFlag();
    if (control.kind !== 'choice') return this.#renderText();
    return control.choices.length > MAX_SEGMENTS || control.initial === '' ? this.#renderSelect() : this.#renderSegments();
  }

  get #id(): string {
    return `set-${this.control.name}`;
  }

  get #label(): string {
    return this.strings.controls[this.control.name] ?? this.control.name;
  }

  #renderFlag() {
    return html`<label class="field-flag">
      <input
        type="checkbox"
        name=${this.control.name}
        autocomplete="off"
        .checked=${live(this.value === 'true')}
        @change=${({ target }: Event) => this.#choose(String((target as HTMLInputElement).checked))}
      />
      <span>${this.#label}</span>
    </label>`;
  }

  #renderSegments() {
    return html`<fieldset class="field">
      <legend class="field-label">${this.#label}</legend>
      <div class="segments">
        ${this.control.choices.map(
          (choice) =>
            html`<label
              ><input
                type="radio"
                name=${this.control.name}
                value=${choice}
                autocomplete="off"
                .checked=${live(choice === this.value)}
                @change=${() => this.#choose(choice)}
              /><span>${choice}</span></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  #renderSelect() {
    const { choices, initial, name } = this.control;
    return html`<label class="field">
      <span class="field-label">${this.#label}</span>
      <select name=${name} autocomplete="off" @change=${({ target }: Event) => this.#choose((target as HTMLSelectElement).value)}>
        ${initial === '' ? html`<option value="" .selected=${live(this.value === '')}>${this.strings.byDefault}</option>` : nothing}
        ${choices.map((choice) => html`<option value=${choice} .selected=${live(choice === this.value)}>${choice}</option>`)}
      </select>
    </label>`;
  }

  #renderText() {
    const { name, kind, initial } = this.control;
    const isInvalid = this.verdict !== 'valid';
    const write = ({ target }: Event): void => {
      this.draft = (target as HTMLInputElement).value;
      if (!COMMITTED_ON_CHANGE.test(name)) this.#enter(this.draft);
    };
    const commit = ({ target }: Event): void => this.#commit((target as HTMLInputElement).value);
    const label = kind === 'list' ? `${this.#label} (${this.strings.lines})` : this.#label;
    const describedBy = isInvalid ? `${this.#id}-verdict` : nothing;
    // The default is shown as a placeholder, a chosen value as text.
    const text = this.draft ?? (this.value === initial ? '' : this.value);
    return html`<div class="field">
      <label class="field-label" for=${this.#id}>${label}</label>
      <div class="field-row">
        ${
          kind === 'list'
            ? html`<textarea
                id=${this.#id}
                name=${name}
                rows="3"
                maxlength=${MAX_VALUE_LENGTH}
                autocomplete="off"
                spellcheck="false"
                aria-invalid=${isInvalid}
                aria-describedby=${describedBy}
                .value=${live(text)}
                @input=${write}
                @change=${commit}
              ></textarea>`
            : html`<input
                id=${this.#id}
                name=${name}
                maxlength=${MAX_VALUE_LENGTH}
                inputmode=${kind === 'number' ? 'decimal' : 'text'}
                autocomplete="off"
                spellcheck="false"
                placeholder=${initial}
                aria-invalid=${isInvalid}
                aria-describedby=${describedBy}
                .value=${live(text)}
                @input=${write}
                @change=${commit}
              />`
        }
        ${this.#renderColour()}
      </div>
      ${isInvalid ? html`<p class="field-verdict" id="${this.#id}-verdict">${this.strings[this.verdict as 'secret' | 'invalid']}</p>` : nothing}
    </div>`;
  }

  /** The colour picker beside a text field. */
  #renderColour() {
    const { kind, initial } = this.control;
    const shown = /#[\da-f]{3,6}/i.exec(initial)?.[0];
    if (kind !== 'css' || shown === undefined) return nothing;
    const value = COLOUR.test(this.value) ? this.value : shown.length === 4 ? shown.replaceAll(/[\da-f]/gi, '$&$&') : shown;
    return html`<input
      type="color"
      aria-label=${this.#label}
      .value=${live(value)}
      @input=${({ target }: Event) => this.#commit((target as HTMLInputElement).value)}
    />`;
  }

  #commit(text: string): void {
    this.#enter(text);
    this.draft = this.verdict === 'valid' ? undefined : text;
  }

  #enter(text: string): void {
    const value = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
    this.verdict = value === '' ? 'valid' : checkValue(this.control, value);
    this.#choose(this.verdict === 'valid' ? value : '');
  }

  #choose(value: string): void {
    this.dispatchEvent(new ControlChangeEvent(this.control, value));
  }
}

declare global {
  interface HTMLElementEventMap {
    'control-change': ControlChangeEvent;
  }
  interface HTMLElementTagNameMap {
    'control-field': ControlField;
  }
}
