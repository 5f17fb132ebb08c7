/**
 * What the page and the chat frame say to each other: plain values and functions, handed over in memory. Nothing of it is
 * ever an attribute, a URL or a message that another window could read.
 */
import type { Problem } from '../errors.js';
import type { Language } from '../locales/language.js';
import type { ChatStrings } from '../locales/en.js';

/** Fixed for the life of a frame; a change builds a new one. */
export interface FrameSettings {
  readonly botId: string;
  readonly connectorId: string;
  /** Without a slash at its end: the SDK puts paths behind it as they are. */
  readonly apiBaseUrl: string;
  readonly user: { readonly id: string; readonly name: string; readonly avatar: string };
  readonly locale: Language;
  /** What a visitor reads, by the page: the frame's own script has no language. Never rejects. */
  readonly strings: Promise<ChatStrings>;
  /** Nothing is spoken without it. */
  readonly voice?: VoiceSettings;
}

export interface VoiceSettings {
  /** Whether visitors may speak their questions. */
  readonly input: boolean;
  /** Coze's id of the voice that reads answers aloud; without one they are not. */
  readonly voiceId?: string;
}

/** What the frame may ask of the page. Promises never reject. */
export interface FrameHost {
  /** A valid access token, or `''`. */
  freshToken(): Promise<string>;
  /** A token other than the refused one, or `''` within 2.5 s. */
  replaceToken(refused: string): Promise<string>;
  onReady(controls: ChatControls): void;
  onFailed(problem: Problem): void;
  onMessage(message: ChatMessage): void;
  /** Escape was pressed and nothing inside the frame had a use for it. */
  onEscape(): void;
}

/** What the page may do in a chat that is ready. Both wait until no answer is running. Promises never reject. */
export interface ChatControls {
  /** Asks as if the visitor had. The answer, once it is complete; `undefined` when none came or it broke off. */
  send(text: string): Promise<ChatMessage | undefined>;
  /** Begins a new, empty conversation. Whether that worked. */
  clear(): Promise<boolean>;
}

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Of the message; for a visitor's own, of the chat turn it opened (the API names no other). */
  readonly id: string;
}

/** What the frame's script offers once it runs. */
export type MountChat = (settings: FrameSettings, host: FrameHost) => void;

/**
 * Fired by the frame's script on its own `<iframe>`, once per document it lives in: again when the node was moved, because
 * browsers then load the document anew. Does not bubble and does not cross the shadow root.
 */
export const FRAME_BOOT_EVENT = 'coze-frame-boot';
export type FrameBootEvent = CustomEvent<{ readonly mount: MountChat }>;
