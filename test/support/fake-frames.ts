/** Chat frames without a browser: what was built for whom, what is still there, and the host each of them talks to. */
import type { HostApi } from '../../src/frame/contract.js';
import type { ChatFrame } from '../../src/frame/host/chat-frame.js';

export interface FakeFrame {
  readonly host: HostApi;
  readonly subject: string | undefined;
  isDestroyed: boolean;
}

export class FakeFrames {
  readonly built: FakeFrame[] = [];

  readonly create = (host: HostApi, subject: string | undefined): ChatFrame => {
    const frame: FakeFrame = { host, subject, isDestroyed: false };
    this.built.push(frame);
    return { setTitle: () => {}, destroy: () => void (frame.isDestroyed = true) };
  };

  /** Those on the page. */
  get shown(): FakeFrame[] {
    return this.built.filter(({ isDestroyed }) => !isDestroyed);
  }

  get last(): FakeFrame {
    const last = this.built.at(-1);
    if (last === undefined) throw new Error('No frame was built.');
    return last;
  }
}
