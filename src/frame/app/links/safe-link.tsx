/** A link out of the chat. */
import type { JSX, MouseEvent, ReactNode } from 'react';
import { parseLink } from '../../../core/address.js';

export interface SafeLinkProps {
  readonly url: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** In place of opening it. */
  readonly onFollow?: ((event: MouseEvent) => void) | undefined;
}

/** Opens beside the chat, without a way back into it; where the address is not fit for that, text. */
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
