/**
 * While the page is printed, the frame is as high as its messages, since paper does not scroll. Print rules are in `.printing`
 * (frame/app/frame.css) for the frame, in `@media print` for the panel.
 */

/** Fits between the margins of the usual papers, in CSS pixels: on narrower paper the messages would be higher than measured, and cut off. */
const PRINT_WIDTH = '640px';

/** Follows the printing of the iframe's page. Returns a function that stops it. */
export function followPrinting(iframe: HTMLIFrameElement): () => void {
  const view = iframe.ownerDocument.defaultView;
  const root = (): HTMLElement | undefined => iframe.contentDocument?.documentElement;
  const grow = (): void => {
    root()?.classList.add('printing');
    iframe.style.inlineSize = PRINT_WIDTH;
    iframe.style.blockSize = `${root()?.scrollHeight ?? 0}px`;
  };
  const shrink = (): void => {
    root()?.classList.remove('printing');
    iframe.style.inlineSize = iframe.style.blockSize = '';
  };
  view?.addEventListener('beforeprint', grow);
  view?.addEventListener('afterprint', shrink);
  return () => {
    view?.removeEventListener('beforeprint', grow);
    view?.removeEventListener('afterprint', shrink);
  };
}
