import { randomBytes } from 'node:crypto';
import { apiErrors } from '../http/api-error.js';
import type { IdSource } from '../ids.js';

export interface StoredFile {
  readonly id: string;
  /** The account that can see the file. `session_name` does not isolate files; Coze's documentation mentions only the account. */
  readonly appId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly createdAtSeconds: number;
  /** Unguessable part of the URL at which browsers show the file. */
  readonly publicKey: string;
}

/** Above this, the oldest uploads are dropped. */
const DEFAULT_CAPACITY_BYTES = 256 * 1024 * 1024;

export class FileStore {
  readonly #ids: IdSource;
  readonly #capacityBytes: number;
  readonly #files = new Map<string, StoredFile>();

  constructor(ids: IdSource, capacityBytes = DEFAULT_CAPACITY_BYTES) {
    this.#ids = ids;
    this.#capacityBytes = capacityBytes;
  }

  async add(appId: string, file: File, createdAtSeconds: number): Promise<StoredFile> {
    const stored: StoredFile = {
      id: this.#ids.next(),
      appId,
      name: file.name,
      mediaType: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
      createdAtSeconds,
      publicKey: randomBytes(24).toString('base64url'),
    };
    this.#files.set(stored.id, stored);
    this.#forgetOldest();
    return stored;
  }

  /** Throws the same 4304 for an unknown id and for another account's. */
  get(appId: string, id: string): StoredFile {
    const file = this.#files.get(id);
    if (file?.appId !== appId) throw apiErrors.invalidFile();
    return file;
  }

  findPublic(publicKey: string): StoredFile | undefined {
    return [...this.#files.values()].find((file) => file.publicKey === publicKey);
  }

  #forgetOldest(): void {
    let total = [...this.#files.values()].reduce((sum, file) => sum + file.bytes.byteLength, 0);
    for (const file of this.#files.values()) {
      if (total <= this.#capacityBytes) return;
      total -= file.bytes.byteLength;
      this.#files.delete(file.id);
    }
  }
}

/** The URL of an uploaded file for browsers. */
export const publicFileUrl = (origin: string, file: StoredFile): string =>
  `${origin}/files/${file.publicKey}/${encodeURIComponent(file.name)}`;

export function fileToWire(file: StoredFile): Readonly<Record<string, unknown>> {
  return { id: file.id, bytes: file.bytes.byteLength, file_name: file.name, created_at: file.createdAtSeconds };
}
