/** The switches above the comparison. They only report changes; `main.ts` reacts to them. */
import { html, render } from 'lit';
import { formatLife } from './duration.js';
import { find } from './find.js';
import type { PreviewStrings } from './strings/en.js';
import type { TokenMode } from './token-mode.js';

export function onTokenModeChange(handle: (mode: TokenMode) => void): void {
  find('#token-mode').addEventListener('change', ({ target }) => handle((target as HTMLInputElement).value as TokenMode));
}

/** Shows the explanation that belongs to the mode. */
export function explainTokenMode(mode: TokenMode): void {
  for (const verdict of document.querySelectorAll<HTMLElement>('.verdict')) verdict.hidden = verdict.dataset['mode'] !== mode;
}

export interface TokenLifeChoice {
  readonly choicesSeconds: readonly number[];
  readonly seconds: number;
}

export function offerTokenLives(
  { choicesSeconds, seconds }: TokenLifeChoice,
  strings: PreviewStrings,
  handle: (seconds: number) => void,
): void {
  const choices = choicesSeconds.map(
    (choice) =>
      html`<label
        ><input type="radio" name="token-life" value=${choice} autocomplete="off" ?checked=${choice === seconds} /><span
          >${formatLife(choice, strings)}</span
        ></label
      >`,
  );
  render(choices, find('#token-life [data-choices]'));
  find('#token-life').addEventListener('change', ({ target }) => handle(Number((target as HTMLInputElement).value)));
}

/**
 * The button is marked as disabled and relabelled until the simulation ends. It stays focusable, so that keyboard users do not lose the
 * focus.
 */
export function onSimulate(selector: string, labelWhileRunning: string, simulate: () => Promise<void>): void {
  const button = find<HTMLButtonElement>(selector);
  button.addEventListener('click', () => {
    if (button.hasAttribute('aria-disabled')) return;
    const { textContent } = button;
    button.textContent = labelWhileRunning;
    button.setAttribute('aria-disabled', 'true');
    void simulate().finally(() => {
      button.textContent = textContent;
      button.removeAttribute('aria-disabled');
    });
  });
}
