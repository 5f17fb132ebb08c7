/** Tells the page which link the visitor follows, in answers and footer, by pointer or keyboard. The page may handle it instead. */
import { parseLink } from '../../../core/address.js';

export function reportLinks(document: Document, onLink: (url: string) => boolean): void {
  const follow = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[href]');
    if (link == null) return;
    const address = parseLink(link.href);
    if (address === undefined || !onLink(address)) event.preventDefault();
  };
  // In the capture phase: in all but the newest message, the SDK stops the event when it bubbles (SDK `ui-kit/atomic/tooltip`).
  document.addEventListener('click', follow, { capture: true });
  // The middle button opens a tab without a `click` event.
  document.addEventListener(
    'auxclick',
    (event) => {
      if (event.button === 1) follow(event);
    },
    { capture: true },
  );
}
