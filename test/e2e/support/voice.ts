/** Voice in a chat, with a tone in place of the machine's microphone. */
import type { CozeChatElement } from '../../../src/index.js';
import type { ChatPage } from './chat-page.js';

/** Loads the page anew, with a chat that takes questions and reads answers aloud. */
export async function loadWithVoice(page: ChatPage): Promise<void> {
  await page.page.addInitScript(() => {
    if (window.parent === window) return;
    navigator.mediaDevices.getUserMedia = () => {
      const context = new AudioContext();
      const tone = context.createOscillator();
      const microphone = context.createMediaStreamDestination();
      tone.connect(microphone);
      tone.start();
      return Promise.resolve(microphone.stream);
    };
  });
  await page.load();
  await page.chat().element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { voice: { input: true, voiceId: '7426720361733177353' } };
  });
}

/** Holds the button for as long as the SDK takes for speech, one second, and lets go. */
export async function speak(page: ChatPage): Promise<void> {
  const { frame } = page.chat();
  const { mouse } = page.page;
  await frame.getByRole('button', { name: 'Voice input' }).click();
  await frame.getByRole('button', { name: /speak/ }).hover();
  await mouse.down();
  await frame.getByText('Slide up to cancel').waitFor();
  await page.page.waitForTimeout(1_500);
  await mouse.up();
}
