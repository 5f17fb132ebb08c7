/**
 * Keeps the Tab key inside a modal dialog. The rest of the frame is inert then, but the page around it is not: after its last control, a
 * browser would leave the frame for the page, behind an open question.
 */

const CONTROLS = 'a[href], button, input, select, summary, textarea, [tabindex]';

export function keepTabInside(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'preventDefault'>, dialog: HTMLElement): void {
  if (event.key !== 'Tab') return;
  const stops = [...dialog.querySelectorAll<HTMLElement>(CONTROLS)].filter(isTabStop);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const { activeElement } = dialog.ownerDocument;
  // A dialog has the focus itself while it has no control, or none that is enabled.
  const isAtEnd = activeElement === from || (event.shiftKey && activeElement === dialog);
  if (!isAtEnd) return;
  event.preventDefault();
  to?.focus();
}

function isTabStop(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && !element.matches(':disabled') && element.getClientRects().length > 0;
}
