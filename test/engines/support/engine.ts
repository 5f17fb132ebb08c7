/** What the core suite needs of a browser: a minimum that every engine's own automation supports. */

export type Key = 'Enter' | 'Tab' | 'Escape';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface EnginePage {
  goto(url: string): Promise<void>;
  /** Runs a function in the page. It can use its arguments only, which are plain data like its result. */
  run<A extends readonly unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** Typed as on a keyboard, into the focused element. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Moves the mouse to a place in CSS pixels of the window. */
  hover(place: Place): Promise<void>;
  click(place: Place): Promise<void>;
  /** Moves the mouse to a place and turns its wheel, downwards if `by` is positive. */
  wheel(place: Place, by: number): Promise<void>;
  /** Taps with a finger. */
  tap(place: Place): Promise<void>;
  /** The printed page as a PDF; `undefined` if the engine's automation cannot print. */
  print(): Promise<Uint8Array | undefined>;
  /** A PNG of the window. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface EngineBrowser {
  /**
   * A page with cookies and storage of its own. The previous page is closed by then, because some browsers support only one. The cache may
   * be kept.
   */
  newPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  readonly isInstalled: boolean;
  start(): Promise<EngineBrowser>;
}
