/**
 * `<coze-chat>` for React and Preact. When they hydrate a page from a server, they do not set all properties and listeners of a custom
 * element: React sets none, Preact sets only functions, and React 18 never sets any. This component sets both itself, and defines the element
 * only afterwards, so that no chat starts without them.
 */
import { createElement, forwardRef, type ReactNode, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };
type Listener = (event: Event) => void;

/** Name of a prop for an event of the element. */
const EVENT_PROP = /^on(coze-.+)$/;
/**
 * Set only as properties. As attributes, `frameSrc` and `mount` cannot name another origin; `identityToken` and `nonce` prove or allow
 * something, and every script of the page can read an attribute.
 */
const PROPERTY_ONLY: ReadonlySet<string> = new Set(['frameSrc', 'identityToken', 'mount', 'nonce']);
/** React 19 and Preact set a property if its name equals that of the attribute, and the property's value `''` counts as false. */
const BOOLEAN_PROPS: ReadonlySet<string> = new Set(['open', 'debug']);
/** React's own names, and names that are the same as property and attribute. */
const REACT_PROPS: ReadonlySet<string> = new Set([
  'children',
  'className',
  'style',
  'dangerouslySetInnerHTML',
  'suppressHydrationWarning',
  'tabIndex',
]);

/** A server has no layout, and React 18 warns about `useLayoutEffect` at each rendering there. */
const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

export const CozeChat = forwardRef<HTMLElement, Props>(function CozeChat(props, ref) {
  const element = useRef<HTMLElement & Record<string, unknown>>(null);
  const { attributes, properties, listeners } = sortProps(props);
  const former = useRef<SortedProps['properties']>({});
  // Without dependencies, React would call the page's ref function with `null` and the element at each rendering.
  useImperativeHandle(ref, () => element.current as unknown as HTMLElement, []);

  useBrowserLayoutEffect(() => {
    const chat = element.current;
    if (chat === null) return undefined;
    for (const [name, value] of Object.entries(former.current)) {
      // A property that is passed as an attribute is set by that attribute.
      if (!(name in properties) && !(toAttribute(name) in attributes)) chat[name] = typeof value === 'boolean' ? false : undefined;
    }
    // Sets only changed properties, so that a panel that the visitor has closed stays closed.
    for (const [name, value] of Object.entries(properties)) if (former.current[name] !== value) chat[name] = value;
    former.current = properties;
    for (const [type, listener] of listeners) chat.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of listeners) chat.removeEventListener(type, listener);
    };
  });
  // Runs after the layout effects of all chats of the page.
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
      // React 18 accepts the class of a custom element only under this name.
      attributes[name === 'className' ? 'class' : name] = value;
    } else if (/^(?:aria|data)-/.test(name)) {
      attributes[name] = value;
    } else if (PROPERTY_ONLY.has(toCamelCase(name))) {
      properties[toCamelCase(name)] = value ?? undefined;
    } else if (typeof value === 'object' || typeof value === 'function') {
      if (value !== null) properties[toCamelCase(name)] = value;
    } else if (typeof value === 'boolean' || (value === '' && BOOLEAN_PROPS.has(name))) {
      const isOn = value !== false;
      properties[toCamelCase(name)] = isOn;
      // The attribute is for the server's markup. React 18 would write `false` as text, which `hidden` treats as true.
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
