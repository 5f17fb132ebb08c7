/** The icons the SDK draws itself. */
import type { HTMLAttributes } from 'react';
import { createElement, useMemo } from 'react';

const DATA_URL_START = 'data:image/svg+xml;base64,';

/** The SVG elements of a drawing; none of them loads or runs anything. */
const SHAPE = /<(svg|path|circle|ellipse|rect|line|polyline|polygon)\b([^<>]*)>/g;
const ATTRIBUTE = /\s([A-Za-z-]+\d?)="([^"]*)"/g;
const ATTRIBUTE_NAME =
  /^(?:class|viewBox|width|height|d|c[xy]|r[xy]?|[xy][12]?|points|transform|fill(?:-[a-z]+)?|stroke(?:-[a-z]+)?|clip-rule)$/;

/** The SVG source in a `data:` URL of the SDK; `undefined` for any other URL. */
export function decodeDrawing(url: string): string | undefined {
  return url.startsWith(DATA_URL_START) ? atob(url.slice(DATA_URL_START.length)) : undefined;
}

/**
 * Renders a drawing as elements: as an image it would need `img-src data:` in the CSP of the page. Only elements and attributes that draw
 * are created, never HTML.
 */
export function Icon({ drawing, host }: { readonly drawing: string; readonly host: HTMLAttributes<HTMLElement> }): React.JSX.Element {
  const svg = useMemo(() => toElements(drawing), [drawing]);
  return (
    <span {...host} aria-hidden="true">
      {svg}
    </span>
  );
}

function toElements(drawing: string): React.JSX.Element | undefined {
  const [svg, ...shapes] = [...drawing.matchAll(SHAPE)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...attributes.matchAll(ATTRIBUTE)].flatMap(([, attribute = '', value]) =>
        ATTRIBUTE_NAME.test(attribute) ? [[attribute, value]] : [],
      ),
    ),
  }));
  if (svg === undefined) return undefined;
  const children = shapes.map(({ name, attributes }, index) => createElement(name, { key: index, ...attributes }));
  return createElement(svg.name, svg.attributes, children);
}
