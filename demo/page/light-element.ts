import { LitElement } from 'lit';

/** A Lit element without a shadow root: the page's own style sheets apply, and a strict content security policy has nothing to object to. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
