/**
 * Copies colours and font from the computed style of the chat's iframe, where the page sets them by attribute, custom property or part.
 * They are not part of the chat's settings, so a change needs no new chat.
 */

import { isDark } from '../../color-scheme.js';
import { needsComputedColors } from '../../needs-computed-colors.js';
import { loadChunk } from '../../platform/load-chunk.js';

/** A transition reports a change while the iframe is shown; the animation runs when it is shown again (element/panel/panel.css). */
const CHANGES = ['transitionend', 'animationend'] as const;

/** Sets the custom properties of `root` on which theme.css builds, and updates them until the frame's document is unloaded. */
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
  // The style sheet is loaded by then.
  if (needsComputedColors()) root.ownerDocument.defaultView?.addEventListener('load', () => void setComputedColors(root), { once: true });
  // When the page moves the iframe, the iframe outlives its document.
  root.ownerDocument.defaultView?.addEventListener('pagehide', () => {
    for (const change of CHANGES) iframe.removeEventListener(change, applyTheme);
  });
}

/** Sets the colours on `body`, not on the root, because they are computed from the root's own values. */
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
