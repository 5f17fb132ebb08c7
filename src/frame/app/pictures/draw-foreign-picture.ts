/**
 * Loads one picture of a host that the frame's policy does not name, because the visitor has asked for it. A policy cannot be widened, so it
 * is loaded in an empty document of the page's, which has the page's policy and one of its own: this host, and no other by a redirect. Then it
 * is drawn.
 */
import { systemTimers, type Timers } from '../../../core/clock.js';

const DEADLINE_MS = 30_000;
/** Of each side: more is not seen, and takes memory. */
const MAX_PIXELS = 2_048;

/** Rejects where it cannot be had. `frame` is the chat's own iframe. */
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
  // Some engines put a new empty document there a moment later.
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
  // A drawing without a size has none.
  const width = image.naturalWidth || 300;
  const height = image.naturalHeight || 150;
  const scale = Math.min(1, MAX_PIXELS / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
}
