/**
 * On paper nobody scrolls: while the page is printed the chat's frame is as high as its messages. The frame's own rules for it are those of
 * `.printing` (frame/app/frame.css), the panel's those of its print media.
 */

/** Fits the usual papers between their margins, in CSS pixels. What is higher because it is narrower on paper would be cut off. */
const PRINT_WIDTH = '640px';

/** Follows the printing of the page that `iframe` is in. Returns how to stop. */
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
