/**
 * Lists, opens, creates, renames and deletes conversations. Leaving a conversation does not change it: Coze completes a running answer, and
 * visitors find it when they return. No part of it arrives in the conversation that they open instead.
 */
import type { Clock, Timers } from '../../../core/clock.js';
import { ErrorCode, type Problem } from '../../../core/errors.js';
import { fail, type Result, succeed } from '../../../core/result.js';
import { unexpectedProblem } from '../../../core/unexpected.js';
import { isBlank } from '../../../core/values/blank.js';
import type { HostApi } from '../../contract.js';
import type {
  ChatConversation,
  ConversationCommands,
  ConversationDeletion,
  ConversationList,
  ConversationListOptions,
  DownloadFormat,
} from '../../conversation-commands.js';
import { getText } from '../answers/message-text.js';
import { getErrorCode } from '../errors/api-error-code.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';
import type { MessagePage } from '../service/message-page.js';
import {
  ConversationError,
  conversationUnavailableError,
  MissingPermissionError,
  notPossibleError,
  type Permission,
  supersededChoiceError,
  toConversationError,
  visitorUnconfirmedError,
} from './conversation-error.js';
import { type ApiConversation, ConversationRequests, MAX_PAGE_SIZE } from './conversation-requests.js';
import type { ConversationView } from './conversation-view.js';
import { LateAnswer } from './late-answer.js';
import { forgetFeedback, loadOwnData } from './own-data/load-own-data.js';
import type { CreatedFile, DeletionWatch, OwnDataApi, RecordSettings } from './own-data/own-data-api.js';
import { toReadableName } from './panel/readable-name.js';
import { findSection } from './restore-conversation.js';

type Service = Pick<
  IsolatedChatService,
  'newestMessage' | 'request' | 'target' | 'connectorId' | 'start' | 'prepareConversation' | 'withStopNotices'
>;

export interface ConversationManagerOptions {
  readonly service: Service;
  readonly view: ConversationView;
  readonly host: Pick<HostApi, 'onEvent' | 'onFailed' | 'confirmVisitor'>;
  readonly record: () => RecordSettings;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Commands that change the conversation on the screen, and wait for a running answer. */
const COMMANDS_AWAITING_IDLE: ReadonlySet<keyof ConversationCommands> = new Set(['open', 'create', 'delete', 'deleteAll', 'replace']);

export class ConversationManager implements OwnDataApi {
  readonly #options: ConversationManagerOptions;
  readonly #requests: ConversationRequests;
  readonly #lateAnswer: LateAnswer;
  /** Incremented whenever a conversation is chosen, so that a late response for a former choice is ignored. */
  #choice = 0;
  /** Permissions that the OAuth app lacks, as failed requests have shown. */
  readonly #missingPermissions = new Set<Permission>();

  constructor(options: ConversationManagerOptions) {
    this.#options = options;
    this.#requests = new ConversationRequests(options.service);
    const { view, clock, timers } = options;
    this.#lateAnswer = new LateAnswer({ view, clock, timers, history: (id) => this.#requests.history(id) });
  }

  /** Runs a command of the page. Never rejects. */
  async run<Name extends keyof ConversationCommands>(
    name: Name,
    ...args: Parameters<ConversationCommands[Name]>
  ): Promise<Result<ReturnType<ConversationCommands[Name]>, Problem>> {
    try {
      if (COMMANDS_AWAITING_IDLE.has(name) && !this.#view.isReadOnly) await this.#view.untilIdle();
      const command = this[name] as (...args: unknown[]) => Promise<ReturnType<ConversationCommands[Name]>>;
      return succeed(await command.apply(this, args));
    } catch (error) {
      return fail(toProblem(error));
    }
  }

  get canCreate(): boolean {
    return !this.#view.isReadOnly && !this.#missingPermissions.has('createConversation');
  }

  /** Whether Coze can list the visitor's conversations. */
  get isListed(): boolean {
    return 'botId' in this.#options.service.target;
  }

  get canEdit(): boolean {
    return !this.#view.isReadOnly && !this.#missingPermissions.has('editConversation');
  }

  /** Reports a missing permission to the page, once. */
  report(error: unknown): void {
    if (!(error instanceof MissingPermissionError) || this.#missingPermissions.has(error.permission)) return;
    this.#missingPermissions.add(error.permission);
    this.#options.host.onEvent({ type: 'feature-failed', problem: error.problem });
  }

  async list(options?: ConversationListOptions): Promise<ConversationList> {
    const { conversations, has_more } = await this.#requests.list(options);
    return { conversations: conversations.map((one) => this.#toConversation(one)), hasMore: has_more };
  }

  async open(id: string): Promise<undefined> {
    const choice = ++this.#choice;
    if (requireId(id) === this.#view.id) return;
    await this.#view.untilNothingIsCreated();
    await this.#whileLocked(async () => {
      const page = await this.#requests.history(id);
      const shown = this.#options.service.withStopNotices(page);
      if (choice !== this.#choice) throw supersededChoiceError();
      this.#view.endAnswer();
      this.#view.switchDraft(id);
      await this.#enter(page.messages);
      this.#view.show(id, findSection(page.messages), shown);
      void this.#lateAnswer.wait(id, shown.messages.at(-1));
    });
  }

  awaitAnswer(): Promise<undefined> {
    void this.#lateAnswer.wait(this.#view.id, this.#options.service.newestMessage);
    return Promise.resolve(undefined);
  }

  async create(): Promise<string> {
    this.#requireWritable();
    this.#choice++;
    await this.#view.untilNothingIsCreated();
    if (!this.#view.isEmpty) await this.#begin((id) => this.#view.switchDraft(id));
    return this.#view.id;
  }

  async rename(id: string, name: string): Promise<undefined> {
    this.#requireWritable();
    if (typeof name !== 'string' || isBlank(name)) throw notPossibleError('A conversation needs a readable name.');
    await this.#requests.rename(requireId(id), name);
  }

  async delete(id: string): Promise<undefined> {
    this.#requireWritable();
    const isCurrent = (): boolean => id === this.#view.id;
    await this.#requests.delete(requireId(id)).catch((error: unknown) => {
      // Another tab may have deleted the present conversation before. It is replaced here, too.
      if (!(error instanceof ConversationError && error.isUnavailable && isCurrent())) throw error;
    });
    await this.#forget([id]);
  }

  async download(format: DownloadFormat = 'text'): Promise<File> {
    return (await this.createFile(format)).file;
  }

  /** Creates a file of the conversation on the screen, from the API's present messages. */
  async createFile(format: DownloadFormat): Promise<CreatedFile> {
    if (!['text', 'json'].includes(format)) throw notPossibleError('A conversation is downloaded as text or json.');
    const { conversationFile, readHistory, ownDataStrings, MAX_MESSAGES } = await this.#loadOwnData();
    const { clock, timers, record } = this.#options;
    const { id } = this.#view;
    const requestPage = async (cursor: string): ReturnType<ConversationRequests['messages']> => {
      await this.#requireVisitor();
      return this.#requests.messages(id, cursor);
    };
    const history = id === '' ? { messages: [], isComplete: true } : await readHistory(requestPage, timers);
    const { strings, ...settings } = record();
    // Checked again after the requests, because the visitor at the screen gets the file.
    await this.#requireVisitor();
    if (!history.isComplete) this.#options.host.onEvent({ type: 'feature-failed', problem: tooLongProblem(MAX_MESSAGES) });
    const file = conversationFile({
      ...settings,
      format,
      history,
      strings: { chat: strings, own: ownDataStrings[settings.language] },
      nowMs: clock.now().wallMs,
      File: (window.frameElement?.ownerDocument.defaultView ?? window).File,
    });
    return { file, isComplete: history.isComplete, count: history.messages.length };
  }

  /** Deletes all conversations of the visitor. Rejects if none could be deleted. */
  async deleteAll(watch?: DeletionWatch): Promise<ConversationDeletion> {
    this.#requireWritable();
    const { deleteConversations } = await this.#loadOwnData();
    await this.#view.untilNothingIsCreated();
    const currentId = this.#view.id;
    return this.#whileLocked(async () => {
      const { deletedIds, failed, error } = await deleteConversations({
        api: {
          list: (page) => this.#requests.list({ page, pageSize: MAX_PAGE_SIZE }),
          delete: (id) => this.#requests.delete(id),
        },
        currentId,
        isListed: this.isListed,
        requireVisitor: () => this.#requireVisitor(),
        timers: this.#options.timers,
        ...watch,
      });
      this.report(error);
      await this.#forget(deletedIds);
      return { deleted: deletedIds.length, failed };
    });
  }

  /** Shows a new conversation in place of the deleted one, and keeps the draft. */
  async replace(): Promise<undefined> {
    this.#choice++;
    await this.#begin().catch((error: unknown) => {
      this.#options.host.onFailed(toProblem(error));
      throw error;
    });
  }

  /**
   * Names a conversation by its first question, if it has no name. Reads the question from Coze's history, because a gateway's `onMessage` may
   * have refused or changed the one on the screen.
   */
  async name(id: string): Promise<undefined> {
    if (!this.canEdit || !this.isListed) return;
    try {
      const { conversations } = await this.list();
      if (!conversations.some((one) => one.id === id && isBlank(one.name))) return;
      const { messages } = await this.#requests.history(id);
      const question = messages.find(({ type }) => type === 'question');
      const name = question === undefined ? '' : toReadableName(getText(question));
      if (name !== '') await this.#requests.rename(id, name);
    } catch (error) {
      this.report(error);
    }
  }

  toggle(): Promise<undefined> {
    this.#view.toggleList();
    return Promise.resolve(undefined);
  }

  get #view(): ConversationView {
    return this.#options.view;
  }

  /** Called before data of the visitor is exported or deleted. Rejects if the visitor is not confirmed. */
  async #requireVisitor(): Promise<void> {
    if (!(await this.#options.host.confirmVisitor())) throw visitorUnconfirmedError();
  }

  async #loadOwnData(): ReturnType<typeof loadOwnData> {
    return loadOwnData().catch(() => {
      const message = 'The code for the visitor’s own data could not be loaded.';
      throw new ConversationError({ code: ErrorCode.FrameUnavailable, message, retryable: true });
    });
  }

  /** Drops what is stored about deleted conversations. The present one is replaced. */
  async #forget(deletedIds: readonly string[]): Promise<void> {
    await forgetFeedback(deletedIds);
    const { id: currentId } = this.#view;
    for (const id of deletedIds) if (id !== currentId) this.#view.forgetDraft(id);
    if (deletedIds.includes(currentId)) await this.replace();
  }

  #requireWritable(): void {
    if (this.#view.isReadOnly) throw notPossibleError('The chat is read-only.');
  }

  async #begin(onBegun: (id: string) => void = () => {}): Promise<void> {
    const { service } = this.#options;
    await this.#whileLocked(async () => {
      const { conversationId, sectionId } = await service.start.begin().catch((error: unknown) => {
        throw toConversationError(getErrorCode(error) ?? -1, 'createConversation', false);
      });
      this.#view.endAnswer();
      onBegun(conversationId);
      await this.#enter([]);
      this.#view.begin(conversationId, sectionId);
    });
  }

  async #enter(messages: MessagePage['messages']): Promise<void> {
    this.#view.lock(true);
    await this.#options.service.prepareConversation(messages);
  }

  async #whileLocked<T>(change: () => Promise<T>): Promise<T> {
    // A running answer locks the chat already, and unlocks it when it ends.
    if (!this.#view.isAnswering) this.#view.lock(true);
    try {
      return await change();
    } finally {
      if (!this.#view.isAnswering) this.#view.lock(false);
    }
  }

  #toConversation({ id, name, created_at, updated_at }: ApiConversation): ChatConversation {
    return { id, name, createdAt: created_at * 1_000, updatedAt: updated_at * 1_000, isCurrent: id === this.#view.id };
  }
}

const toProblem = (error: unknown): Problem => (error instanceof ConversationError ? error.problem : unexpectedProblem(error));

function tooLongProblem(maxMessages: number): Problem {
  const message = `The file has only the newest ${maxMessages} messages of the conversation.`;
  return { code: ErrorCode.ChatFailed, message, retryable: false };
}

function requireId(id: unknown): string {
  if (typeof id === 'string' && !isBlank(id)) return id;
  throw conversationUnavailableError();
}
