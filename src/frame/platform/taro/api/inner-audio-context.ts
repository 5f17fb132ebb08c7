/** Taro's audio player, with which the SDK plays an answer. */
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

/** An invalid URL, so that the player fires `error`. */
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
  /** Plays only received speech; fetches no URL. */
  set src(url: string) {
    this.#audio.src = isOwnBlob(url, window.origin) ? url : NO_SOUND;
  }

  play(): void {
    this.#audio.play().catch((error: DOMException) => {
      // Playback errors fire the element's `error` event, and an abort by `stop` is no error. Only blocked autoplay has no event.
      if (error.name === 'NotAllowedError') this.#events.trigger('error', { errMsg: error.message });
    });
  }

  pause(): void {
    this.#audio.pause();
  }

  /** Releases the sound for good: the SDK creates a player and an object URL for each one and never reuses them. */
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

  /** Without a listener: removes all of that name. */
  #off(name: Name) {
    return (listener?: Listener): void => void this.#events.off(name, listener);
  }
}
