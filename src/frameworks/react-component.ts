/**
 * `<coze-chat>` for React and Preact. What a page has from a server they take over without its properties and listeners: React sets none on a custom
 * element while it hydrates, Preact only functions, and React 18 never does. Here both are set by hand, and the element is defined when they are,
 * so that no chat begins without them.
 */
import { createElement, forwardRef, type ReactNode, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };
type Listener = (event: Event) => void;

/** As the element fires them, after `on`. */
const EVENT_PROP = /^on(coze-.+)$/;
/** What only a property may say, and what proves or allows something: an attribute is read by every script of the page. */
const PROPERTIES: ReadonlySet<string> = new Set(['frameSrc', 'identityToken', 'mount', 'nonce']);
/** React 19 and Preact set a property that is named like the attribute, and there `''` means no. */
const SWITCHES: ReadonlySet<string> = new Set(['open', 'debug']);
/** React's own names, and those that are the same in any case. */
const REACT_PROPS: ReadonlySet<string> = new Set([
  'children',
  'className',
  'style',
  'dangerouslySetInnerHTML',
  'suppressHydrationWarning',
  'tabIndex',
]);

/** A server has no layout, and React 18 says so at each rendering. */
const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

export const CozeChat = forwardRef<HTMLElement, Props>(function CozeChat(props, ref) {
  const element = useRef<HTMLElement & Record<string, unknown>>(null);
  const { attributes, properties, listeners } = sortProps(props);
  const former = useRef<SortedProps['properties']>({});
  // Without dependencies it would call a page's function with `null` and the element at each rendering.
  useImperativeHandle(ref, () => element.current as unknown as HTMLElement, []);

  useBrowserLayoutEffect(() => {
    const chat = element.current;
    if (chat === null) return undefined;
    for (const [name, value] of Object.entries(former.current)) {
      // What is now an attribute has been set by it.
      if (!(name in properties) && !(toAttribute(name) in attributes)) chat[name] = typeof value === 'boolean' ? false : undefined;
    }
    // Only what has changed: a panel that the visitor has closed stays closed.
    for (const [name, value] of Object.entries(properties)) if (former.current[name] !== value) chat[name] = value;
    former.current = properties;
    for (const [type, listener] of listeners) chat.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of listeners) chat.removeEventListener(type, listener);
    };
  });
  // Later than the above in all chats of the page.
  useEffect(() => void import('../define.js'), []);
  return createElement('coze-chat', { ...attributes, ref: element });
});

interface SortedProps {
  readonly attributes: Record<string, unknown>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly listeners: readonly (readonly [type: string, listener: Listener])[];
}

function sortProps(props: Props): SortedProps {
  const attributes: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  const listeners: (readonly [string, Listener])[] = [];
  for (const [name, value] of Object.entries(props)) {
    const [, type] = EVENT_PROP.exec(name) ?? [];
    if (type !== undefined) {
      if (typeof value === 'function') listeners.push([type, value as Listener]);
    } else if (REACT_PROPS.has(name) || /^on[A-Z]/.test(name)) {
      // React 18 knows no other name for it on a custom element.
      attributes[name === 'className' ? 'class' : name] = value;
    } else if (/^(?:aria|data)-/.test(name)) {
      attributes[name] = value;
    } else if (PROPERTIES.has(toCamelCase(name))) {
      properties[toCamelCase(name)] = value ?? undefined;
    } else if (typeof value === 'object' || typeof value === 'function') {
      if (value !== null) properties[toCamelCase(name)] = value;
    } else if (typeof value === 'boolean' || (value === '' && SWITCHES.has(name))) {
      const isOn = value !== false;
      properties[toCamelCase(name)] = isOn;
      // For what a server renders. React 18 would write `false` down, which `hidden` takes for yes.
      if (isOn) attributes[toAttribute(name)] = '';
    } else if (value !== undefined) {
      attributes[toAttribute(name)] = value;
    }
  }
  return { attributes, properties, listeners };
}

function toAttribute(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function toCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
