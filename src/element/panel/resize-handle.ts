/** The panel's size as its visitor likes it, by a handle at its free corner. Only the size is remembered, in the browser. */
import { writeStored } from '../ui/storage-write.js';
import { type StorageScope, readStored } from '../ui/storage-read.js';

/** In CSS pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PanelSizeHost extends StorageScope, EventTarget {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly ownerDocument: Document;
}

const MIN: Size = { width: 280, height: 320 };
const STEP = 16;
/** What an arrow key does to the place of the corner. */
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class ResizeHandle {
  /** Goes into the panel. */
  readonly handle: HTMLElement;
  readonly #host: PanelSizeHost;
  #size: Size | undefined;

  constructor(host: PanelSizeHost) {
    this.#host = host;
    this.#size = parseSize(readStored('localStorage', 'size', host));
    this.handle = host.ownerDocument.createElement('div');
    this.handle.className = 'resize';
    this.handle.setAttribute('part', 'resize');
    this.handle.role = 'separator';
    this.handle.tabIndex = 0;
    this.handle.onpointerdown = this.#onPointerDown;
    this.handle.onkeydown = this.#onKeyDown;
    this.handle.ondblclick = () => this.#reset();
  }

  /** Puts the size on the panel that is there now. */
  sync(name: string): void {
    const panel = this.#panel;
    if (panel === null) return;
    panel.style.setProperty('--_width', this.#size === undefined ? '' : `${this.#size.width}px`);
    panel.style.setProperty('--_height', this.#size === undefined ? '' : `${this.#size.height}px`);
    const { offsetWidth, offsetHeight } = panel;
    const { clientWidth } = this.#host.ownerDocument.documentElement;
    this.handle.ariaLabel = name;
    this.handle.ariaValueMin = String(MIN.width);
    this.handle.ariaValueMax = String(Math.max(clientWidth, offsetWidth));
    this.handle.ariaValueNow = String(offsetWidth);
    this.handle.ariaValueText = `${offsetWidth} × ${offsetHeight}`;
  }

  get #panel(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.panel.bubble');
  }

  readonly #onPointerDown = (down: PointerEvent): void => {
    const begin = this.#startResize();
    if (down.button !== 0 || begin === undefined) return;
    // Moves are for the handle even over the frame, whose document would swallow them.
    this.handle.setPointerCapture(down.pointerId);
    this.handle.onpointermove = (move) => begin(move.clientX - down.clientX, move.clientY - down.clientY);
    this.handle.onlostpointercapture = () => {
      this.handle.onpointermove = null;
      this.#remember();
    };
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (event.key === 'Enter') this.#reset();
    else if (step !== undefined) this.#startResize()?.(...step);
    else return;
    event.preventDefault();
    this.#remember();
  };

  /** From the size as it is now. The corner is where the panel is free to grow: on either side of it, and above or below. */
  #startResize(): ((x: number, y: number) => void) | undefined {
    const panel = this.#panel;
    if (panel === null) return undefined;
    const now = panel.getBoundingClientRect();
    const corner = this.handle.getBoundingClientRect();
    const towardsX = corner.left + corner.right < now.left + now.right ? -1 : 1;
    const towardsY = corner.top + corner.bottom < now.top + now.bottom ? -1 : 1;
    return (x, y) => {
      this.#size = {
        width: Math.max(MIN.width, Math.round(now.width + x * towardsX)),
        height: Math.max(MIN.height, Math.round(now.height + y * towardsY)),
      };
      this.sync(this.handle.ariaLabel ?? '');
      // The style sheet keeps it within the viewport.
      this.#size = { width: panel.offsetWidth, height: panel.offsetHeight };
    };
  }

  #reset(): void {
    this.#size = undefined;
    this.sync(this.handle.ariaLabel ?? '');
    this.#remember();
  }

  #remember(): void {
    writeStored('localStorage', 'size', this.#host, this.#size === undefined ? null : `${this.#size.width}x${this.#size.height}`);
  }
}

function parseSize(text: string | null): Size | undefined {
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(text ?? '') ?? [];
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}
