/**
 * The chat's colours and type are those of the iframe it lives in: what the page says by attribute, custom property or part, the browser
 * has computed there. Nothing is handed over, so a change needs no new chat.
 */

/** A transition tells of a change while the iframe is shown; the animation runs when it is shown again (element/panel/panel.css). */
const CHANGES = ['transitionend', 'animationend'] as const;
const WHITE = 'rgb(255, 255, 255)';

/** Until the frame's document goes. `root` gets the values that theme.css builds on. */
export function followTheme(iframe: Element, root: HTMLElement): void {
  const applyTheme = (): void => {
    const style = iframe.ownerDocument.defaultView?.getComputedStyle(iframe);
    if (style === undefined) return;
    root.dataset['scheme'] = style.caretColor === WHITE ? 'dark' : 'light';
    for (const [name, value] of valuesOf(style)) root.style.setProperty(name, value);
  };
  applyTheme();
  for (const change of CHANGES) iframe.addEventListener(change, applyTheme);
  // The iframe outlives its document when it is moved.
  root.ownerDocument.defaultView?.addEventListener('pagehide', () => {
    for (const change of CHANGES) iframe.removeEventListener(change, applyTheme);
  });
}

const valuesOf = (style: CSSStyleDeclaration): readonly (readonly [name: string, value: string])[] => [
  ['--_accent', style.accentColor],
  ['--_surface', style.backgroundColor],
  ['--_text', style.color],
  ['--_font', style.fontFamily],
  ['--_font-size', style.fontSize],
  ['--_radius', style.getPropertyValue('--coze-chat-radius') || '16px'],
];
