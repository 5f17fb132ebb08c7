/** Lets the visitor resize the panel by a handle at its free corner. Only the size is stored, in the browser. */
import type { ReactiveController } from 'lit';
import { readStored, type StorageScope } from '../ui/storage-read.js';
import { writeStored } from '../ui/storage-write.js';

/** In CSS pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ResizeHandleHost extends StorageScope, EventTarget {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly ownerDocument: Document;
}

const MIN: Size = { width: 280, height: 320 };
const STEP = 16;
/** Movement of the corner by each arrow key. */
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class ResizeHandle implements ReactiveController {
  /** To be rendered in the panel. */
  readonly element: HTMLElement;
  readonly #host: ResizeHandleHost;
  readonly #label: () => string | undefined;
  #size: Size | undefined;

  /** `label`: accessible name; `undefined` until the language's strings are loaded. */
  constructor(host: ResizeHandleHost, label: () => string | undefined) {
    this.#host = host;
    this.#label = label;
    this.#size = parseSize(readStored('localStorage', 'size', host));
    this.element = host.ownerDocument.createElement('div');
    this.element.className = 'resize';
    this.element.setAttribute('part', 'resize');
    this.element.setAttribute('role', 'separator');
    this.element.tabIndex = 0;
    this.element.onpointerdown = this.#onPointerDown;
    this.element.onkeydown = this.#onKeyDown;
    this.element.ondblclick = () => this.#reset();
  }

  /** Applies the size to the rendered panel. */
  hostUpdated(): void {
    const panel = this.#panel;
    const label = this.#label();
    if (panel === null || label === undefined) return;
    panel.style.setProperty('--_width', this.#size === undefined ? '' : `${this.#size.width}px`);
    panel.style.setProperty('--_height', this.#size === undefined ? '' : `${this.#size.height}px`);
    const { offsetWidth, offsetHeight } = panel;
    const { clientWidth } = this.#host.ownerDocument.documentElement;
    const aria = {
      label,
      valuemin: MIN.width,
      valuemax: Math.max(clientWidth, offsetWidth),
      valuenow: offsetWidth,
      valuetext: `${offsetWidth} × ${offsetHeight}`,
    };
    for (const [name, value] of Object.entries(aria)) this.element.setAttribute(`aria-${name}`, String(value));
    // In right-to-left pages the corner is at the other side.
    this.element.style.cursor = getComputedStyle(panel).direction === 'rtl' ? 'move' : '';
  }

  get #panel(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.panel.bubble');
  }

  readonly #onPointerDown = (down: PointerEvent): void => {
    const begin = this.#startResize();
    if (down.button !== 0 || begin === undefined) return;
    // Captures the pointer, because over the iframe its document would get the moves.
    this.element.setPointerCapture(down.pointerId);
    this.element.onpointermove = (move) => begin(move.clientX - down.clientX, move.clientY - down.clientY);
    this.element.onlostpointercapture = () => {
      this.element.onpointermove = null;
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

  /** Starts from the present size. The direction of growth follows from the side of the panel on which the handle is. */
  #startResize(): ((x: number, y: number) => void) | undefined {
    const panel = this.#panel;
    if (panel === null) return undefined;
    const now = panel.getBoundingClientRect();
    const corner = this.element.getBoundingClientRect();
    const towardsX = corner.left + corner.right < now.left + now.right ? -1 : 1;
    const towardsY = corner.top + corner.bottom < now.top + now.bottom ? -1 : 1;
    return (x, y) => {
      this.#size = {
        width: Math.max(MIN.width, Math.round(now.width + x * towardsX)),
        height: Math.max(MIN.height, Math.round(now.height + y * towardsY)),
      };
      this.hostUpdated();
      // Stores the size to which the style sheet has limited the panel.
      this.#size = { width: panel.offsetWidth, height: panel.offsetHeight };
    };
  }

  #reset(): void {
    this.#size = undefined;
    this.hostUpdated();
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
