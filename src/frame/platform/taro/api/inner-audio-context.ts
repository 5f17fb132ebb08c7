/** Taro's audio player: how the SDK reads an answer aloud. */
import type Taro from '@tarojs/taro';
import { isOwnBlob } from '../../../../core/address.js';
import { Events } from './events.js';

type Name = 'play' | 'pause' | 'ended' | 'error' | 'stop';
type Listener = (event: never) => void;
type Surface = Pick<
  Taro.InnerAudioContext,
  | 'src'
  | 'play'
  | 'pause'
  | 'stop'
  | 'destroy'
  | `on${'Play' | 'Pause' | 'Stop' | 'Ended' | 'Error'}`
  | `off${'Play' | 'Pause' | 'Stop' | 'Ended' | 'Error'}`
>;

/** Cannot be played, and says so. */
const NO_SOUND = 'blob:';

/** A player for one sound. */
export const createInnerAudioContext = (): InnerAudioContext => new InnerAudioContext();

class InnerAudioContext implements Surface {
  readonly #audio = new Audio();
  readonly #events = new Events();

  constructor() {
    for (const name of ['play', 'pause', 'ended', 'error'] as const) {
      this.#audio.addEventListener(name, () => this.#events.trigger(name, { errMsg: this.#audio.error?.message ?? '' }));
    }
  }

  get src(): string {
    return this.#audio.src;
  }
  /** Only speech that has come: nothing is fetched to be played. */
  set src(url: string) {
    this.#audio.src = isOwnBlob(url, window.origin) ? url : NO_SOUND;
  }

  play(): void {
    this.#audio.play().catch((error: DOMException) => {
      // The element's own `error` event reports what it cannot play, and an abort by `stop` is no error. Only a refused autoplay has no event.
      if (error.name === 'NotAllowedError') this.#events.trigger('error', { errMsg: error.message });
    });
  }

  pause(): void {
    this.#audio.pause();
  }

  /** Ends the sound for good: the SDK makes a player and an object URL for each one and never comes back to them. */
  stop(): void {
    const { src } = this.#audio;
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
    URL.revokeObjectURL(src);
    this.#events.trigger('stop');
  }

  destroy(): void {
    this.stop();
    this.#events.off();
  }

  readonly onPlay = this.#on('play');
  readonly onPause = this.#on('pause');
  readonly onStop = this.#on('stop');
  readonly onEnded = this.#on('ended');
  readonly onError = this.#on('error');
  readonly offPlay = this.#off('play');
  readonly offPause = this.#off('pause');
  readonly offStop = this.#off('stop');
  readonly offEnded = this.#off('ended');
  readonly offError = this.#off('error');

  #on(name: Name) {
    return (listener?: Listener): void => void (listener && this.#events.on(name, listener));
  }

  /** Without a listener: all of that name. */
  #off(name: Name) {
    return (listener?: Listener): void => void this.#events.off(name, listener);
  }
}
