/** The frame's files in their folder, and what each of them has to be. The build puts names with hashes and digests in their place. */

export interface FrameFile {
  readonly name: string;
  /** What the browser runs or nothing (Subresource Integrity, W3C); absent where nothing has been built. */
  readonly integrity?: string | undefined;
}

/** A file that is loaded once its chunk is wanted. */
export interface ChunkFile extends FrameFile {
  /** By which `loadChunk()` asks for it, and for what it imports. */
  readonly chunk: string;
}

export const FRAME_SCRIPT: FrameFile = { name: 'frame.js' };
export const FRAME_STYLE: FrameFile = { name: 'frame.css' };
export const CHUNK_FILES: readonly ChunkFile[] = [];
