/** A viewer over the whole frame that shows one picture at a time. */
import type { ChatStrings } from '../../../locales/translations/en.js';
import { addStyles } from '../add-styles.js';
import { keepTabInside } from '../keep-tab-inside.js';
import css from './picture-viewer.css?inline';

addStyles(css);

export interface ViewedPictures {
  readonly urls: readonly string[];
  /** Index of the first picture to show. */
  readonly first: number;
  /** Shown in place of the only URL. */
  readonly drawn: HTMLCanvasElement | undefined;
}

/** Escape and Close close the viewer; arrow keys and buttons change the picture. */
export function openViewer({ urls, first, drawn }: ViewedPictures, strings: ChatStrings): void {
  // A double click calls this twice before the first viewer covers the picture.
  if (document.querySelector('.ccf-preview[open]') !== null) return;
  // A modal dialog keeps the focus inside, and restores it when it closes.
  const dialog = element('dialog', 'ccf-preview');
  const image = element('img', 'ccf-preview__image');
  const picture = drawn === undefined ? image : copyCanvas(drawn, strings.picture);
  const count = element('p', 'ccf-preview__count');
  let shown = first;

  const show = (index: number): void => {
    shown = (index + urls.length) % urls.length;
    if (drawn === undefined) image.src = urls[shown] ?? '';
    image.alt = urls.length > 1 ? numbered(strings.pictureOf, shown + 1, urls.length) : strings.picture;
    count.textContent = `${shown + 1} / ${urls.length}`;
  };
  const close = (): void => dialog.close();
  const actions: Readonly<Record<string, () => void>> = {
    Escape: close,
    ArrowLeft: () => show(shown + (isRightToLeft(dialog) ? 1 : -1)),
    ArrowRight: () => show(shown + (isRightToLeft(dialog) ? -1 : 1)),
  };

  dialog.setAttribute('aria-label', strings.picture);
  dialog.append(picture, button('close', strings.close, '×', close));
  if (urls.length > 1) {
    count.setAttribute('aria-live', 'polite');
    dialog.append(
      button('previous', strings.previousPicture, '‹', () => show(shown - 1)),
      button('next', strings.nextPicture, '›', () => show(shown + 1)),
      count,
    );
  }
  picture.addEventListener('click', close);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => {
    keepTabInside(event, dialog);
    const act = actions[event.key];
    if (!act) return;
    // Handled here: outside the dialog, Escape would also close the panel.
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  show(first);
  document.body.append(dialog);
  dialog.showModal();
}

function copyCanvas(drawn: HTMLCanvasElement, name: string): HTMLCanvasElement {
  const copy = element('canvas', 'ccf-preview__image');
  Object.assign(copy, { width: drawn.width, height: drawn.height, role: 'img', ariaLabel: name });
  copy.getContext('2d')?.drawImage(drawn, 0, 0);
  return copy;
}

function numbered(text: string, number: number, count: number): string {
  return text.replace('{number}', String(number)).replace('{count}', String(count));
}

function button(name: string, label: string, sign: string, onPress: () => void): HTMLButtonElement {
  const made = element('button', `ccf-preview__button ccf-preview__button--${name}`);
  made.type = 'button';
  made.setAttribute('aria-label', label);
  made.textContent = sign;
  made.addEventListener('click', onPress);
  return made;
}

function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), { className });
}

const isRightToLeft = (element: Element): boolean => getComputedStyle(element).direction === 'rtl';
