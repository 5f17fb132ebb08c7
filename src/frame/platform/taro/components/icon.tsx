/** The icons the SDK draws itself. */
import type { HTMLAttributes } from 'react';
import { useMemo } from 'react';
import { trustedHtml } from '../../../trusted-html.js';

const DATA_URL_START = 'data:image/svg+xml;base64,';

/** The drawing in a `data:` URL made by the SDK; `undefined` for any other URL. */
export function decodeDrawing(url: string): string | undefined {
  return url.startsWith(DATA_URL_START) ? atob(url.slice(DATA_URL_START.length)) : undefined;
}

/**
 * A drawing as part of the document: as an image it would have to be allowed by `img-src data:` of the page around us. `drawing` must be
 * the SDK's own, never a message's.
 */
export function Icon({ drawing, host }: { readonly drawing: string; readonly host: HTMLAttributes<HTMLElement> }): React.JSX.Element {
  const markup = useMemo(() => ({ __html: trustedHtml(drawing) }), [drawing]);
  return <span {...host} aria-hidden="true" dangerouslySetInnerHTML={markup} />;
}
