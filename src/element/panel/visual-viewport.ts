/**
 * A phone's keyboard covers the lower part of the page without resizing it. A panel that fills the screen has to follow the visual
 * viewport, or its text field is behind the keyboard.
 */

type Viewport = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale' | 'addEventListener' | 'removeEventListener'>;

const EVENTS = ['resize', 'scroll'] as const;

/** Keeps `--_visible-top` and `--_visible-height` of `element` up to date (panel.css). Returns a function that stops it. */
export function followVisualViewport(element: HTMLElement, viewport: Viewport): () => void {
  const follow = (): void => {
    // A pinch zoom must not make the panel smaller.
    const isZoomed = viewport.scale > 1.01;
    element.style.setProperty('--_visible-top', isZoomed ? '' : `${viewport.offsetTop}px`);
    element.style.setProperty('--_visible-height', isZoomed ? '' : `${viewport.height}px`);
  };
  follow();
  for (const event of EVENTS) viewport.addEventListener(event, follow);
  return () => {
    for (const event of EVENTS) viewport.removeEventListener(event, follow);
  };
}
