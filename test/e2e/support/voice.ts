/** Voice in a chat, with a tone in place of the machine's microphone. */
import type { Page } from 'playwright';

/** From the next load on the chats of `page` take questions and read answers aloud. */
export async function switchVoiceOn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window.parent === window) return;
    listenToATone();
    tellTheFrame();

    function listenToATone(): void {
      navigator.mediaDevices.getUserMedia = () => {
        const context = new AudioContext();
        const tone = context.createOscillator();
        const microphone = context.createMediaStreamDestination();
        tone.connect(microphone);
        tone.start();
        return Promise.resolve(microphone.stream);
      };
    }

    /** In the settings the frame is mounted with, whatever the page gives it. */
    function tellTheFrame(): void {
      type Mount = (settings: object, host: unknown) => void;
      const voice = { input: true, voiceId: '7426720361733177353' };
      const told = class<Detail> extends CustomEvent<Detail> {
        constructor(type: string, init: CustomEventInit<Detail>) {
          const { mount } = init.detail as { mount: Mount };
          super(type, { detail: { mount: (settings: object, host: unknown) => mount({ ...settings, voice }, host) } as Detail });
        }
      };
      Object.assign(window, { CustomEvent: told });
    }
  });
}
