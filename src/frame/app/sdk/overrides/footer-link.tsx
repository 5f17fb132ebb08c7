/** A link in the footer. Built in place of the SDK's (build/sdk-source.ts), for the same reasons as `markdown-link.tsx`. */
import type { JSX, ReactNode } from 'react';
import { SafeLink } from '../../links/safe-link.js';

export interface FooterLinkProps {
  readonly src: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Link({ src, className, children }: FooterLinkProps): JSX.Element {
  return (
    <SafeLink url={src} className={className}>
      {children}
    </SafeLink>
  );
}
