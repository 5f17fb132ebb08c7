const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;

/** Pitches of the tune in Hz; each sounds for one step. */
const pitches = [523.25, 659.25, 783.99, 659.25] as const;
const STEP_SECONDS = 0.18;

/** A valid WAV file (RIFF, PCM 16 bit, mono): a tune whose length grows with the text's, as speech would. */
export function createWav(text: string, sampleRate: number): Uint8Array<ArrayBuffer> {
  const steps = Math.min(20, Math.max(2, Math.ceil(text.length / 8)));
  const samples = Math.round(steps * STEP_SECONDS * sampleRate);
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples * BYTES_PER_SAMPLE));
  writeHeader(view, samples * BYTES_PER_SAMPLE, sampleRate);
  for (let index = 0; index < samples; index++) {
    view.setInt16(HEADER_BYTES + index * BYTES_PER_SAMPLE, Math.round(loudnessAt(index / sampleRate) * 0x2000), true);
  }
  return new Uint8Array(view.buffer);
}

/** Each tone fades out, so that the steps do not click. */
function loudnessAt(seconds: number): number {
  const step = Math.floor(seconds / STEP_SECONDS);
  const pitch = pitches[step % pitches.length] ?? pitches[0];
  const fade = 1 - (seconds - step * STEP_SECONDS) / STEP_SECONDS;
  return Math.sin(2 * Math.PI * pitch * seconds) * fade;
}

function writeHeader(view: DataView, dataBytes: number, sampleRate: number): void {
  writeText(view, 0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeText(view, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * BYTES_PER_SAMPLE, true);
  view.setUint16(32, BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  writeText(view, 36, 'data');
  view.setUint32(40, dataBytes, true);
}

function writeText(view: DataView, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) view.setUint8(offset + index, text.charCodeAt(index));
}
