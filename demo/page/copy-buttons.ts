import { find } from './find.js';
import type { PreviewStrings } from './strings/en.js';

const CONFIRMATION_MS = 2000;

/** Makes every `<button data-copies="id">` copy the text of the element with that id. */
export function enableCopyButtons(strings: PreviewStrings): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
    button.addEventListener('click', () => void copyFor(button, strings));
  }
}

async function copyFor(button: HTMLButtonElement, { copy, copied: done, copyRefused }: PreviewStrings): Promise<void> {
  const text = find(`#${button.dataset['copies']}`).textContent.trim();
  const copied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  button.textContent = copied ? done : copyRefused;
  setTimeout(() => (button.textContent = copy), CONFIRMATION_MS);
}
