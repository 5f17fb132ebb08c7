import { find } from './find.js';

const CONFIRMATION_MS = 2000;

/** Makes every `<button data-copies="id">` copy the text of the element with that id. */
export function enableCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
    button.addEventListener('click', () => void copyFor(button));
  }
}

async function copyFor(button: HTMLButtonElement): Promise<void> {
  const text = find(`#${button.dataset['copies']}`).textContent.trim();
  const copied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  button.textContent = copied ? 'Copied' : 'Not allowed here';
  setTimeout(() => (button.textContent = 'Copy'), CONFIRMATION_MS);
}
