/** The files that are to go out with the next message. What they need is loaded when the first one comes. */
import type { ComponentType } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { DraftFile } from '../../contract.js';
import type { SendFile } from '../service/isolated-chat-service.js';
import type { UploadedFile } from './outgoing-turn.js';
import type { VisitorDraft } from './visitor-draft.js';

/** Why the files cannot go out yet. */
export type Obstacle = 'uploading' | 'failed';

export interface AttachmentList {
  readonly files: readonly DraftFile[];
  readonly obstacle: Obstacle | undefined;
  readonly uploaded: readonly UploadedFile[];
  add(files: readonly File[], hasFolder: boolean): void;
  /** Has just these from now on; what of them has not been uploaded is. */
  set(files: readonly DraftFile[]): void;
  /** Shows them, and what of the files last added could not be. */
  readonly Tray: ComponentType;
}

export type Attachments = new (host: AttachmentHost) => AttachmentList;

export interface AttachmentHost {
  readonly strings: ChatStrings;
  readonly upload: (send: SendFile) => Promise<string>;
  readonly onChange: () => void;
}

/** Shows the draft's files: the visitor's choice, and what comes back of a message, of a conversation, of the document before this one. */
export class LazyAttachments {
  readonly #draft: Pick<VisitorDraft, 'files' | 'attach' | 'subscribe'>;
  readonly #host: Omit<AttachmentHost, 'onChange'>;
  readonly #loadClass: () => Promise<Attachments>;
  readonly #listeners = new Set<() => void>();
  #list: AttachmentList | undefined;
  #loading: Promise<AttachmentList> | undefined;
  #isUnavailable = false;
  /** How often files were added whose list is not there yet. */
  #arriving = 0;
  /** Counts the changes. */
  #version = 0;

  constructor(
    draft: Pick<VisitorDraft, 'files' | 'attach' | 'subscribe'>,
    host: Omit<AttachmentHost, 'onChange'>,
    loadClass: () => Promise<Attachments>,
  ) {
    this.#draft = draft;
    this.#host = host;
    this.#loadClass = loadClass;
    draft.subscribe(() => this.#list?.set(draft.files));
  }

  get list(): AttachmentList | undefined {
    return this.#list;
  }

  /** Files are in the way of a message from when they are chosen, not from when there is code to show them: it would go out without them. */
  get obstacle(): Obstacle | undefined {
    const isAwaited = this.#arriving > 0 || (this.#list === undefined && !this.#isUnavailable && this.#draft.files.length > 0);
    return isAwaited ? 'uploading' : this.#list?.obstacle;
  }

  /** Whether the code for files could not be loaded. What is in the draft stays there, and is shown once it can be. */
  get isUnavailable(): boolean {
    return this.#isUnavailable;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  /** Those that the draft has from before. */
  resume(): void {
    if (this.#draft.files.length > 0) void this.#load();
  }

  async add(files: readonly File[], hasFolder = false): Promise<void> {
    if (files.length === 0 && !hasFolder) return;
    this.#arriving += 1;
    this.#onChange();
    (await this.#load())?.add(files, hasFolder);
    this.#arriving -= 1;
    this.#onChange();
  }

  /** Never rejects. */
  async #load(): Promise<AttachmentList | undefined> {
    this.#isUnavailable = false;
    this.#loading ??= this.#loadClass().then((Loaded) => new Loaded({ ...this.#host, onChange: this.#onChange }));
    try {
      const list = await this.#loading;
      if (this.#list === undefined) {
        this.#list = list;
        list.set(this.#draft.files);
      }
    } catch {
      this.#loading = undefined;
      this.#isUnavailable = true;
      this.#onChange();
    }
    return this.#list;
  }

  readonly #onChange = (): void => {
    this.#version += 1;
    if (this.#list !== undefined) this.#draft.attach(this.#list.files);
    for (const listener of this.#listeners) listener();
  };
}
