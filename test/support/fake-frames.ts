/** Chat frames without a browser. Records which frames were created and for whom, which are still on the page, and the host of each. */
import type { HostApi } from '../../src/frame/contract.js';
import type { ChatFrame } from '../../src/frame/host/chat-frame.js';

export interface FakeFrame {
  readonly host: HostApi;
  readonly subject: string | undefined;
  isDestroyed: boolean;
  /** Whether the frame might send a request while it was removed. */
  mayStillSend?: boolean;
}

export class FakeFrames {
  readonly built: FakeFrame[] = [];

  readonly create = (host: HostApi, subject: string | undefined): ChatFrame => {
    const frame: FakeFrame = { host, subject, isDestroyed: false };
    this.built.push(frame);
    return { setTitle: () => {}, destroy: () => Object.assign(frame, { isDestroyed: true, mayStillSend: host.mayStillSend() }) };
  };

  /** The frames on the page. */
  get shown(): FakeFrame[] {
    return this.built.filter(({ isDestroyed }) => !isDestroyed);
  }

  get last(): FakeFrame {
    const last = this.built.at(-1);
    if (last === undefined) throw new Error('No frame was built.');
    return last;
  }
}
