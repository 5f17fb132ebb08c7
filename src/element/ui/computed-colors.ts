/** Computes the element's colours in browsers that lack the CSS functions for them. Loaded only in those browsers. */
import type { ReactiveController, ReactiveElement } from 'lit';
import { isDark } from '../../frame/color-scheme.js';
import { computeColors } from '../../frame/computed-colors.js';

/** Media queries on which the result depends, in addition to the element's own attributes. */
const MEDIA = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'] as const;

/** Properties whose change on the page starts a transition, which triggers the update. `canvas` is white or black, by colour scheme. */
const WATCHED = {
  color: 'var(--_accent)',
  'background-color': 'canvas',
  'border-top-color': 'var(--coze-chat-background, #000)',
  'border-left-color': 'var(--coze-chat-color, #000)',
} as const;

export class ComputedColors implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #media = MEDIA.map((query) => matchMedia(query));
  readonly #watch: HTMLElement;
  readonly #probe: HTMLElement;

  constructor(host: ReactiveElement) {
    this.#host = host;
    [this.#watch, this.#probe] = [this.#add(), this.#add()];
    for (const [name, value] of Object.entries(WATCHED)) this.#watch.style.setProperty(name, value);
    this.#watch.style.transition = `1ms step-start`;
    this.#watch.style.transitionProperty = Object.keys(WATCHED).join();
    this.#watch.addEventListener('transitionend', this.#update);
    host.addController(this);
    this.#update();
  }

  hostConnected(): void {
    for (const query of this.#media) query.addEventListener('change', this.#update);
  }

  hostDisconnected(): void {
    for (const query of this.#media) query.removeEventListener('change', this.#update);
  }

  hostUpdated(): void {
    this.#update();
  }

  readonly #update = (): void => {
    const root = this.#host.renderRoot.querySelector<HTMLElement>('.root');
    if (root === null) return;
    // eslint-disable-next-line browsers/supported-apis -- where it is not, nothing was adopted
    const { styleSheets, adoptedStyleSheets = [] } = this.#host.renderRoot as ShadowRoot;
    const colors = computeColors({
      element: this.#host,
      sheets: [...styleSheets, ...adoptedStyleSheets],
      selector: ':host',
      isDark: isDark(this.#host),
      probe: this.#probe,
    });
    for (const [name, value] of colors) root.style.setProperty(name, value);
  };

  /** Rendered, but invisible. */
  #add(): HTMLElement {
    const element = this.#host.ownerDocument.createElement('span');
    element.style.position = 'absolute';
    element.style.visibility = 'hidden';
    this.#host.renderRoot.append(element);
    return element;
  }
}
