/** The files that are to go out with the next message. What they need is loaded when the first one comes. */
import type { ComponentType } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { SendFile } from '../service/isolated-chat-service.js';
import type { UploadedFile } from './outgoing-turn.js';

/** Why the files cannot go out yet. */
export type Obstacle = 'uploading' | 'failed';

export interface AttachmentList {
  /** Also of those on their way, and of those that have failed. */
  readonly size: number;
  readonly obstacle: Obstacle | undefined;
  /** What of the files last added could not be. */
  readonly notice: string;
  readonly uploaded: readonly UploadedFile[];
  add(files: readonly File[], hasFolder: boolean): void;
  /** Takes away those that go out. */
  take(files: readonly unknown[]): void;
  /** Puts back those that have not gone out. */
  restore(files: readonly UploadedFile[]): void;
  /** Shows them. */
  readonly Tray: ComponentType;
}

export type Attachments = new (host: AttachmentHost) => AttachmentList;

export interface AttachmentHost {
  readonly strings: ChatStrings;
  readonly upload: (send: SendFile) => Promise<string>;
  readonly onChange: () => void;
}

export class LazyAttachments {
  readonly #host: Omit<AttachmentHost, 'onChange'>;
  readonly #loadClass: () => Promise<Attachments>;
  readonly #listeners = new Set<() => void>();
  #list: AttachmentList | undefined;
  #loading: Promise<AttachmentList> | undefined;
  /** How often files were added whose list is not there yet. */
  #arriving = 0;
  /** Counts the changes. */
  #version = 0;

  constructor(host: Omit<AttachmentHost, 'onChange'>, loadClass: () => Promise<Attachments>) {
    this.#host = host;
    this.#loadClass = loadClass;
  }

  get list(): AttachmentList | undefined {
    return this.#list;
  }

  /** Files are in the way of a message from when they are chosen, not from when there is code to show them: it would go out without them. */
  get obstacle(): Obstacle | undefined {
    return this.#arriving > 0 ? 'uploading' : this.#list?.obstacle;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  /** Rejects when the code for it cannot be loaded. */
  async add(files: readonly File[], hasFolder = false): Promise<void> {
    if (files.length === 0 && !hasFolder) return;
    this.#arriving += 1;
    this.#change();
    try {
      (await this.#load()).add(files, hasFolder);
    } finally {
      this.#arriving -= 1;
      this.#change();
    }
  }

  async #load(): Promise<AttachmentList> {
    this.#loading ??= this.#loadClass().then((Loaded) => (this.#list = new Loaded({ ...this.#host, onChange: this.#change })));
    try {
      return await this.#loading;
    } catch (cause) {
      this.#loading = undefined;
      throw cause;
    }
  }

  readonly #change = (): void => {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  };
}
