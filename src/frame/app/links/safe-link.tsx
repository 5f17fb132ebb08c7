/** A link that leads out of the chat. */
import type { JSX, MouseEvent, ReactNode } from 'react';
import { parseLink } from '../../../core/address.js';

export interface SafeLinkProps {
  readonly url: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** Called instead of opening the link. */
  readonly onFollow?: ((event: MouseEvent) => void) | undefined;
}

/** Opens the address in a new tab, which has no access to the chat. An address that must not be opened is rendered as text. */
export function SafeLink({ url, children, className = '', onFollow }: SafeLinkProps): JSX.Element {
  const address = parseLink(url);
  if (address === undefined) return <span>{children}</span>;
  const follow = (event: MouseEvent): void => {
    if (onFollow === undefined) return;
    event.preventDefault();
    onFollow(event);
  };
  return (
    <a className={`link ${className}`} href={address} target="_blank" rel="noopener noreferrer" onClick={follow}>
      {children}
    </a>
  );
}
