/** What the core of the suite needs of a browser: little enough that every engine's own automation has it. */

export type Key = 'Enter' | 'Tab' | 'Escape';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface EnginePage {
  goto(url: string): Promise<void>;
  /** Runs a function in the page. It sees its arguments only, which are plain data, as its result is. */
  run<A extends readonly unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  /** As from a keyboard: where it goes is decided by the focus. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** Moves the mouse there, in CSS pixels of the window. */
  hover(place: Place): Promise<void>;
  click(place: Place): Promise<void>;
  /** Moves the mouse there and turns its wheel, downwards for more than 0. */
  wheel(place: Place, by: number): Promise<void>;
  /** With a finger. */
  tap(place: Place): Promise<void>;
  /** PDF of the page as it is printed; `undefined` where the engine's automation cannot print. */
  print(): Promise<Uint8Array | undefined>;
  /** PNG of the window. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface EngineBrowser {
  /** A page with cookies and storage of its own. The one before is closed by then: a browser may have no more than one. What is cached may stay. */
  newPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  readonly isInstalled: boolean;
  start(): Promise<EngineBrowser>;
}
