/** Voice in a chat, with a tone instead of the machine's microphone. */
import type { CozeChatElement } from '../../../src/index.js';
import type { ChatPage } from './chat-page.js';

/** Reloads the page with a chat that has voice input and reads answers aloud, each until it is stopped. */
export async function loadWithVoice(page: ChatPage): Promise<void> {
  await page.page.addInitScript(replaceMicrophone);
  await page.page.addInitScript(repeatSpeech);
  await page.load();
  await page.chat().element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { voice: { input: true, voiceId: '7426720361733177353' } };
  });
}

/** Holds the button until the chat has recorded two seconds, twice the SDK's minimum for speech. @returns releases it */
export async function startSpeaking(page: ChatPage): Promise<() => Promise<void>> {
  const { frame } = page.chat();
  const { mouse } = page.page;
  await frame.getByRole('button', { name: 'Voice input' }).click();
  await frame.getByRole('button', { name: /speak/ }).hover();
  await mouse.down();
  await frame.getByText('Slide up to cancel').waitFor();
  await frame.locator('html[data-heard]').waitFor();
  return () => mouse.up();
}

export async function speak(page: ChatPage): Promise<void> {
  const release = await startSpeaking(page);
  await release();
}

/** The speech of an answer takes two seconds, and a busy machine may take longer to look for the button that stops it. */
function repeatSpeech(): void {
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    this.loop = true;
    return play.call(this);
  };
}

/**
 * A microphone that delivers two seconds of a tone, and sets the document's attribute `data-heard` once they are recorded. The SDK measures
 * speech by its samples, and a busy machine delivers them late.
 */
function replaceMicrophone(): void {
  if (window.parent === window) return;
  const seconds = 2;
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(new AudioContext().createMediaStreamDestination().stream);

  const { createScriptProcessor } = AudioContext.prototype;
  AudioContext.prototype.createScriptProcessor = function (length = 4096, ...channels) {
    const processor = createScriptProcessor.call(this, length, ...channels);
    const inputBuffer = this.createBuffer(1, length, this.sampleRate);
    inputBuffer.copyToChannel(
      Float32Array.from({ length }, (_, sample) => Math.sin((2 * Math.PI * 440 * sample) / this.sampleRate)),
      0,
    );
    const deliver = (listener: (event: Pick<AudioProcessingEvent, 'inputBuffer'>) => void): void => {
      for (let samples = 0; samples < seconds * this.sampleRate; samples += length) listener({ inputBuffer });
      document.documentElement.dataset['heard'] = '';
    };
    return Object.defineProperty(processor, 'onaudioprocess', { set: deliver });
  };
}
