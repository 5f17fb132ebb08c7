/** The frame's files. The build replaces these by hashed names and digests. */

export interface FrameFile {
  readonly name: string;
  /** Subresource Integrity (W3C): the browser runs only the file with this digest. Absent without a build. */
  readonly integrity?: string | undefined;
}

/** A file that is loaded with its chunk. */
export interface ChunkFile extends FrameFile {
  /** Name by which `loadChunk()` finds the files of a chunk and its imports. */
  readonly chunk: string;
}

export const FRAME_SCRIPT: FrameFile = { name: 'frame.js' };
export const FRAME_STYLE: FrameFile = { name: 'frame.css' };
export const CHUNK_FILES: readonly ChunkFile[] = [];
