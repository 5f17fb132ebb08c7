/** The files of the next message. Each is uploaded as soon as it is added. */
import { createElement, type ReactNode } from 'react';
import { getFileTypeByFile } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import type { DraftFile } from '../../../contract.js';
import type { AttachmentHost, AttachmentList, Obstacle } from '../../draft/lazy-attachments.js';
import type { UploadedFile } from '../../draft/outgoing-turn.js';
import { areSameFiles } from '../../draft/visitor-draft.js';
import { getErrorCode } from '../../errors/api-error-code.js';
import { errorStringKey } from '../../errors/error-texts.js';
import { isPermissionMissing } from '../../errors/problem.js';
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

  get files(): readonly DraftFile[] {
    return this.#items.map(({ file, fileId }) => ({ file, fileId }));
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

  add(files: readonly File[]): void {
    this.#replace([...this.files, ...files.map((file) => ({ file, fileId: '' }))]);
  }

  refuseFolder(): void {
    this.#notice = `${this.#notice} ${this.#host.strings.folderRefused}`.trim();
    this.#host.onChange();
  }

  set(files: readonly DraftFile[]): void {
    if (!areSameFiles(files, this.files)) this.#replace(files);
  }

  remove(file: File): void {
    this.#stopUpload(file);
    this.#notice = '';
    URL.revokeObjectURL(this.#items.find((item) => item.file === file)?.url ?? '');
    this.#set(this.#items.filter((item) => item.file !== file));
  }

  retry(file: File): void {
    this.#change(file, { state: 'uploading', progress: 0, failure: '' });
    this.#uploadRest();
  }

  #replace(files: readonly DraftFile[]): void {
    for (const { file } of this.#items) if (!files.some((one) => one.file === file)) this.#stopUpload(file);
    // Keeps the object URLs of removed files, because a sent message may show them.
    const items = files.map((one) => this.#items.find(({ file }) => file === one.file) ?? toAttachment(one));
    const added = items.filter((item) => item.fileId === '' && !this.#items.includes(item)).map(({ file }) => file);
    const { admitted, refusals } = admit(added, items.length - added.length, this.#host.strings);
    this.#notice = refusals.join(' ');
    this.#set(items.filter(({ file }) => !added.includes(file) || admitted.includes(file)));
    this.#uploadRest();
  }

  #uploadRest(): void {
    for (const { file, state } of this.#items) if (state === 'uploading' && !this.#uploads.has(file)) void this.#upload(file);
  }

  #stopUpload(file: File): void {
    this.#uploads.get(file)?.abort();
    this.#uploads.delete(file);
  }

  async #upload(file: File): Promise<void> {
    const upload = new AbortController();
    this.#uploads.set(file, upload);
    try {
      const onProgress = (progress: number): void => this.#change(file, { progress });
      const fileId = await this.#host.upload((request) => sendFile({ file, signal: upload.signal, onProgress }, request));
      this.#change(file, { state: 'uploaded', progress: 1, fileId });
    } catch (error) {
      if (upload.signal.aborted) return;
      const { strings } = this.#host;
      const code = getErrorCode(error) ?? -1;
      const reason = isPermissionMissing(code) ? 'notPossibleHere' : errorStringKey(code);
      this.#change(file, { state: 'failed', failure: reason === undefined ? strings.uploadFailed : strings[reason] });
    } finally {
      // Another upload of the same file may have begun.
      if (this.#uploads.get(file) === upload) this.#uploads.delete(file);
    }
  }

  /** Does nothing if the file has been removed. */
  #change(file: File, fields: Partial<Attachment>): void {
    this.#set(this.#items.map((item) => (item.file === file ? { ...item, ...fields } : item)));
  }

  #set(items: readonly Attachment[]): void {
    this.#items = items;
    this.#host.onChange();
  }
}

function toAttachment({ file, fileId }: DraftFile): Attachment {
  const isUploaded = fileId !== '';
  return {
    file,
    type: getFileTypeByFile(file),
    url: URL.createObjectURL(file),
    state: isUploaded ? 'uploaded' : 'uploading',
    progress: isUploaded ? 1 : 0,
    fileId,
    failure: '',
  };
}
