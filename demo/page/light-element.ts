import { LitElement } from 'lit';

/** A Lit element without a shadow root: the page's own style sheets apply, and no inline styles violate a strict CSP. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
