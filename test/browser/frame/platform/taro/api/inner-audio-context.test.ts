import Taro from '@tarojs/taro';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

/** A quiet sound of `lengthMs` milliseconds. */
function wave(lengthMs: number): string {
  const rate = 8000;
  const samples = (rate * lengthMs) / 1000;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const text = (offset: number, value: string): void =>
    [...value].forEach((char, index) => view.setUint8(offset + index, char.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, samples, true);
  for (let sample = 0; sample < samples; sample += 1) view.setUint8(44 + sample, 128);
  return URL.createObjectURL(new Blob([view.buffer], { type: 'audio/wav' }));
}

// Browsers play no sound before the first click.
beforeAll(() => userEvent.click(document.body));

const players: { destroy(): void }[] = [];
afterEach(() => players.splice(0).forEach((player) => player.destroy()));

function play(src: string) {
  const player = Taro.createInnerAudioContext();
  players.push(player);
  const received: string[] = [];
  player.onPlay(() => received.push('play'));
  player.onPause(() => received.push('pause'));
  player.onEnded(() => received.push('ended'));
  player.onStop(() => received.push('stop'));
  player.onError(() => received.push('error'));
  player.src = src;
  player.play();
  return { player, received };
}

test('A player plays to the end and reports it', async () => {
  const { received } = play(wave(100));
  await vi.waitFor(() => expect(received).toEqual(['play', 'pause', 'ended']));
});

test('A stopped player reports the stop and releases its object URL', async () => {
  const src = wave(60_000);
  const { player, received } = play(src);
  await vi.waitFor(() => expect(received).toEqual(['play']));
  player.offPause();
  player.stop();
  expect(received).toEqual(['play', 'stop']);
  await expect(fetch(src)).rejects.toThrow();
});

test('Listeners that are removed from a player are not called', async () => {
  const { player, received } = play(wave(100));
  player.offPlay();
  player.offPause();
  player.offError();
  await vi.waitFor(() => expect(received).toEqual(['ended']));
});

test('A file that cannot be played is reported as an error', async () => {
  const { received } = play(URL.createObjectURL(new Blob(['broken'], { type: 'audio/wav' })));
  await vi.waitFor(() => expect(received).toContain('error'));
});

test('Playback that the browser refuses without a click is reported as an error', async () => {
  const player = Taro.createInnerAudioContext();
  const handleError = vi.fn();
  player.onError(handleError);
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(new DOMException('interact first', 'NotAllowedError'));
  player.play();
  await vi.waitFor(() => expect(handleError).toHaveBeenCalledWith({ errMsg: 'interact first' }));
});

test('Playback that is interrupted by stop() is not reported as an error', async () => {
  const src = wave(1000);
  const spy = vi.spyOn(HTMLMediaElement.prototype, 'play');
  const { player, received } = play(src);
  const started = spy.mock.results[0]?.value as Promise<void>;
  player.stop();
  await expect(started).rejects.toThrow();
  await expect(fetch(src)).rejects.toThrow();
  expect(received).not.toContain('error');
});
