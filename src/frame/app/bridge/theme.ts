/**
 * The chat's colours and type are those of the iframe it lives in: what the page says by attribute, custom property or part, the browser
 * has computed there. Nothing is handed over, so a change needs no new chat.
 */

import { isDark } from '../../color-scheme.js';
import { needsComputedColors } from '../../needs-computed-colors.js';
import { loadChunk } from '../../platform/load-chunk.js';

/** A transition tells of a change while the iframe is shown; the animation runs when it is shown again (element/panel.css). */
const CHANGES = ['transitionend', 'animationend'] as const;

/** Until the frame's document goes. `root` gets the values that theme.css builds on. */
export function followTheme(iframe: Element, root: HTMLElement): void {
  const applyTheme = (): void => {
    const style = iframe.ownerDocument.defaultView?.getComputedStyle(iframe);
    if (style === undefined) return;
    root.dataset['scheme'] = isDark(iframe) ? 'dark' : 'light';
    for (const [name, value] of valuesOf(style)) root.style.setProperty(name, value);
    if (needsComputedColors()) void setComputedColors(root);
  };
  applyTheme();
  for (const change of CHANGES) iframe.addEventListener(change, applyTheme);
  // By then the style sheet is there.
  if (needsComputedColors()) root.ownerDocument.defaultView?.addEventListener('load', () => void setComputedColors(root), { once: true });
  // The iframe outlives its document when it is moved.
  root.ownerDocument.defaultView?.addEventListener('pagehide', () => {
    for (const change of CHANGES) iframe.removeEventListener(change, applyTheme);
  });
}

/** Below the root, whose own values they are made of. */
async function setComputedColors(root: HTMLElement): Promise<void> {
  const { computeColors } = await loadChunk('computed-colors', () => import('../../computed-colors.js'));
  const { body, styleSheets } = root.ownerDocument;
  const probe = body.appendChild(root.ownerDocument.createElement('span'));
  const colors = computeColors({ element: root, sheets: styleSheets, selector: ':root', isDark: root.dataset['scheme'] === 'dark', probe });
  for (const [name, value] of colors) body.style.setProperty(name, value);
  probe.remove();
}

const valuesOf = (style: CSSStyleDeclaration): readonly (readonly [name: string, value: string])[] => [
  ['--_accent', style.accentColor],
  ['--_surface', style.backgroundColor],
  ['--_text', style.color],
  ['--_font', style.fontFamily],
  ['--_font-size', style.fontSize],
  ['--_radius', style.getPropertyValue('--coze-chat-radius') || '16px'],
];
