/** A link out of the chat. */
import type { JSX, MouseEvent, ReactNode } from 'react';

export interface SafeLinkProps {
  readonly url: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** In place of opening it. */
  readonly onFollow?: ((event: MouseEvent) => void) | undefined;
}

/** What a bot may send a visitor to. Not `javascript:`, `data:` and the like, which would run or show as this page. */
const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Opens beside the chat, without a way back into it; where the scheme is not fit for that, text. */
export function SafeLink({ url, children, className = '', onFollow }: SafeLinkProps): JSX.Element {
  if (!isFit(url)) return <span>{children}</span>;
  const follow = (event: MouseEvent): void => {
    if (onFollow === undefined) return;
    event.preventDefault();
    onFollow(event);
  };
  return (
    <a className={`link ${className}`} href={url} target="_blank" rel="noopener noreferrer" onClick={follow}>
      {children}
    </a>
  );
}

/** Relative addresses, too, are none: a bot does not know the page it is shown on. */
function isFit(url: string): boolean {
  try {
    return schemes.has(new URL(url).protocol);
  } catch {
    return false;
  }
}
