/**
 * Loads one picture of a host that the frame's content security policy does not allow, at the visitor's request. A policy cannot be widened,
 * so the picture is loaded in an empty iframe of the page. That has the page's policy and one of its own, which allows only this host, also
 * for redirects. Then the picture is drawn on a canvas.
 */
import { systemTimers, type Timers } from '../../../core/clock.js';

const DEADLINE_MS = 30_000;
/** Limit for each side: more pixels would not be visible, and take memory. */
const MAX_PIXELS = 2_048;

/** Rejects if the picture cannot be loaded. `frame` is the chat's own iframe. */
export async function drawForeignPicture(
  url: string,
  canvas: HTMLCanvasElement,
  frame: Element | null = window.frameElement,
  timers: Timers = systemTimers,
): Promise<void> {
  const loader = frame?.ownerDocument.createElement('iframe');
  if (loader === undefined) throw new Error('The chat is in no page.');
  const remove = (): void => loader.remove();
  window.addEventListener('pagehide', remove);
  let cancelDeadline = (): void => {};
  try {
    const deadline = new Promise<never>((_, reject) => {
      cancelDeadline = timers.set(() => reject(new Error('No picture came in time.')), DEADLINE_MS);
    });
    draw(await Promise.race([loadInto(loader, url), deadline]), canvas);
  } finally {
    cancelDeadline();
    window.removeEventListener('pagehide', remove);
    remove();
  }
}

async function loadInto(loader: HTMLIFrameElement, url: string): Promise<HTMLImageElement> {
  loader.style.display = 'none';
  // Some engines replace the empty document with a new one a moment later.
  const isLoaded = new Promise((resolve) => loader.addEventListener('load', resolve, { once: true }));
  loader.ownerDocument.documentElement.append(loader);
  await isLoaded;
  const { contentDocument: document } = loader;
  if (document === null) throw new Error('The page forbids an empty document.');
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content = `default-src 'none';img-src ${new URL(url).origin}`;
  document.head.append(policy);
  const image = document.createElement('img');
  image.referrerPolicy = 'no-referrer';
  const isComplete = new Promise((resolve, reject) => {
    image.addEventListener('load', resolve);
    image.addEventListener('error', reject);
  });
  image.src = url;
  await isComplete;
  return image;
}

function draw(image: HTMLImageElement, canvas: HTMLCanvasElement): void {
  // An SVG without a size has no natural size.
  const width = image.naturalWidth || 300;
  const height = image.naturalHeight || 150;
  const scale = Math.min(1, MAX_PIXELS / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
}
