/** Tells the page which link is followed, in answers and footer alike, by pointer or keyboard. The page may see to it itself. */
export function reportLinks(document: Document, onLink: (url: string) => boolean): void {
  const follow = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>('a[href]');
    if (link != null && !onLink(link.href)) event.preventDefault();
  };
  document.addEventListener('click', follow);
  // The middle button opens a tab without a click.
  document.addEventListener('auxclick', (event) => {
    if (event.button === 1) follow(event);
  });
}
