/** The files of the next message: on their way to the API as soon as they are added, each by itself. */
import { createElement, type ReactNode } from 'react';
import { getFileTypeByFile } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import type { AttachmentHost, AttachmentList, Obstacle } from '../../draft/lazy-attachments.js';
import type { UploadedFile } from '../../draft/outgoing-turn.js';
import { getErrorCode } from '../../errors/api-error-code.js';
import { errorStringKey } from '../../errors/error-texts.js';
import { admit } from './admit.js';
import type { Attachment, AttachmentActions } from './attachment.js';
import { AttachmentTray } from './attachment-tray.js';
import { sendFile } from './send-file.js';

export class Attachments implements AttachmentList, AttachmentActions {
  readonly Tray = (): ReactNode => createElement(AttachmentTray, { list: this });
  readonly #host: AttachmentHost;
  readonly #uploads = new Map<File, AbortController>();
  #items: readonly Attachment[] = [];
  #notice = '';

  constructor(host: AttachmentHost) {
    this.#host = host;
  }

  get items(): readonly Attachment[] {
    return this.#items;
  }

  get size(): number {
    return this.#items.length;
  }

  get notice(): string {
    return this.#notice;
  }

  get obstacle(): Obstacle | undefined {
    if (this.#items.some(({ state }) => state === 'failed')) return 'failed';
    return this.#items.some(({ state }) => state === 'uploading') ? 'uploading' : undefined;
  }

  get uploaded(): readonly UploadedFile[] {
    return this.#items
      .filter(({ state }) => state === 'uploaded')
      .map(({ file, type, url, fileId }) => ({ from: 'H5_Input_Chooser', type, tempFilePath: url, size: file.size, file, fileId }));
  }

  add(files: readonly File[], hasFolder: boolean): void {
    const { strings } = this.#host;
    const { admitted, refusals } = admit(files, this.size, strings);
    this.#notice = [...refusals, ...(hasFolder ? [strings.folderRefused] : [])].join(' ');
    const added = admitted.map((file): Attachment => ({
      file,
      type: getFileTypeByFile(file),
      url: URL.createObjectURL(file),
      state: 'uploading',
      progress: 0,
      fileId: '',
      failure: '',
    }));
    this.#set([...this.#items, ...added]);
    for (const { file } of added) void this.#upload(file);
  }

  remove(file: File): void {
    this.#uploads.get(file)?.abort();
    this.#notice = '';
    URL.revokeObjectURL(this.#items.find((item) => item.file === file)?.url ?? '');
    this.#set(this.#items.filter((item) => item.file !== file));
  }

  retry(file: File): void {
    this.#change(file, { state: 'uploading', progress: 0, failure: '' });
    void this.#upload(file);
  }

  take(files: readonly unknown[]): void {
    const taken = new Set((files as readonly Partial<UploadedFile>[]).map(({ file }) => file));
    this.#notice = '';
    this.#set(this.#items.filter(({ file }) => !taken.has(file)));
  }

  restore(files: readonly UploadedFile[]): void {
    const restored = files.map(({ file, type, tempFilePath, fileId }): Attachment => ({
      file: file as File,
      type,
      url: tempFilePath,
      state: 'uploaded',
      progress: 1,
      fileId,
      failure: '',
    }));
    this.#set([...restored, ...this.#items]);
  }

  async #upload(file: File): Promise<void> {
    const upload = new AbortController();
    this.#uploads.set(file, upload);
    try {
      const onProgress = (progress: number): void => this.#change(file, { progress });
      const fileId = await this.#host.upload((request) => sendFile({ file, signal: upload.signal, onProgress }, request));
      this.#change(file, { state: 'uploaded', progress: 1, fileId });
    } catch (error) {
      const { strings } = this.#host;
      const reason = errorStringKey(getErrorCode(error) ?? -1);
      this.#change(file, { state: 'failed', failure: reason === undefined ? strings.uploadFailed : strings[reason] });
    } finally {
      this.#uploads.delete(file);
    }
  }

  /** Of one that may have been removed meanwhile. */
  #change(file: File, fields: Partial<Attachment>): void {
    this.#set(this.#items.map((item) => (item.file === file ? { ...item, ...fields } : item)));
  }

  #set(items: readonly Attachment[]): void {
    this.#items = items;
    this.#host.onChange();
  }
}
