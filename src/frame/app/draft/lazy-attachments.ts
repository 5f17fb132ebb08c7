/** The files of the next message. Their code is loaded with the first file. */
import type { ComponentType } from 'react';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { DraftFile } from '../../contract.js';
import type { SendFile } from '../service/isolated-chat-service.js';
import type { UploadedFile } from './outgoing-turn.js';
import type { VisitorDraft } from './visitor-draft.js';

/** Why the files cannot be sent yet. */
export type Obstacle = 'uploading' | 'failed';

export interface AttachmentList {
  readonly files: readonly DraftFile[];
  readonly obstacle: Obstacle | undefined;
  readonly uploaded: readonly UploadedFile[];
  add(files: readonly File[]): void;
  /** Explains that a folder was refused. */
  refuseFolder(): void;
  /** Replaces the files, refuses new ones beyond the limits, and uploads those that are not uploaded yet. */
  set(files: readonly DraftFile[]): void;
  /** Shows the files, and why added ones were refused. */
  readonly Tray: ComponentType;
}

export type Attachments = new (host: AttachmentHost) => AttachmentList;

export interface AttachmentHost {
  readonly strings: ChatStrings;
  readonly upload: (send: SendFile) => Promise<string>;
  readonly onChange: () => void;
}

/**
 * Connects the draft's files with their list: files that the visitor chooses, and those that return from an unsent message, another
 * conversation or the previous document.
 */
export class LazyAttachments {
  readonly #draft: Pick<VisitorDraft, 'files' | 'attach' | 'subscribe'>;
  readonly #host: Omit<AttachmentHost, 'onChange'>;
  readonly #loadClass: () => Promise<Attachments>;
  readonly #listeners = new Set<() => void>();
  #list: AttachmentList | undefined;
  #loading: Promise<AttachmentList> | undefined;
  #isUnavailable = false;
  /** Snapshot for React; incremented by every change. */
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

  /** A message has to wait for files from the moment they are chosen, even before their code is loaded: it would be sent without them. */
  get obstacle(): Obstacle | undefined {
    const isAwaited = this.#list === undefined && !this.#isUnavailable && this.#draft.files.length > 0;
    return isAwaited ? 'uploading' : this.#list?.obstacle;
  }

  /** Whether the code for files could not be loaded. The files stay in the draft, and are shown once it is loaded. */
  get isUnavailable(): boolean {
    return this.#isUnavailable;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  /** Loads the code if the draft has files from the previous document. */
  resume(): void {
    if (this.#draft.files.length > 0) void this.#load();
  }

  async add(files: readonly File[], hasFolder = false): Promise<void> {
    if (files.length === 0 && !hasFolder) return;
    if (this.#list === undefined) {
      // The draft keeps them with their conversation, in case another one is shown before the code is loaded.
      this.#draft.attach([...this.#draft.files, ...files.map((file) => ({ file, fileId: '' }))]);
      this.#onChange();
      if ((await this.#load()) === undefined) this.#draft.attach(this.#draft.files.filter(({ file }) => !files.includes(file)));
    } else this.#list.add(files);
    if (hasFolder) this.#list?.refuseFolder();
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
