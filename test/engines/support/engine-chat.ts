/** One `<coze-chat>` on a page, from the visitor's side, in any engine. */
import { expect } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { EnginePage, Place } from './engine.js';

/** Longer than any step takes on a busy machine. */
export const patience = { timeout: 20_000, interval: 100 };

export class EngineChat {
  readonly page: EnginePage;
  readonly id: string;

  constructor(page: EnginePage, id: string) {
    this.page = page;
    this.id = id;
  }

  /** Sends by keyboard and waits for the stand-in's complete echo. */
  async ask(text: string): Promise<void> {
    await this.send(text);
    await this.untilSent();
    await this.untilText(`You said: ${text}`);
    await this.untilIdle();
  }

  async send(text: string): Promise<void> {
    await this.untilIdle();
    await this.focusField();
    await this.page.type(text);
    await this.page.press('Enter');
  }

  /** Waits until the text has left the field. Before that the chat is idle, for example while it asks the token endpoint whose chat it is. */
  async untilSent(): Promise<void> {
    const isEmpty = () =>
      this.page.run(
        (id) =>
          document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector('textarea')
            ?.value === '',
        this.id,
      );
    await expect.poll(isEmpty, patience).toBe(true);
  }

  focusField(): Promise<void> {
    return this.page.run(
      (id) =>
        document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector('textarea')?.focus(),
      this.id,
    );
  }

  /** All visible text of the chat; empty without a chat. */
  text(): Promise<string> {
    return this.page.run(
      (id) => document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument?.body?.innerText ?? '',
      this.id,
    );
  }

  async untilText(text: string): Promise<void> {
    await expect.poll(() => this.text(), patience).toContain(text);
  }

  /** Waits until the chat has started and no answer is running: during an answer, files cannot be added. */
  async untilIdle(): Promise<void> {
    const canAddFile = () =>
      this.page.run(
        (id) =>
          document
            .querySelector(`coze-chat#${id}`)
            ?.shadowRoot?.querySelector('iframe')
            ?.contentDocument?.querySelector('[aria-label="Add a file"]:not([aria-disabled="true"]):not(:disabled)') != null,
        this.id,
      );
    await expect.poll(canAddFile, patience).toBe(true);
  }

  status(): Promise<string> {
    return this.page.run((id) => (document.querySelector(`coze-chat#${id}`) as CozeChatElement).status, this.id);
  }

  async untilStatus(status: string): Promise<void> {
    await expect.poll(() => this.status(), patience).toBe(status);
  }

  /** The centre of the launcher, once there is one. */
  async launcher(): Promise<Place> {
    const isThere = (): Promise<boolean> =>
      this.page.run((id) => document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('.launcher') != null, this.id);
    await expect.poll(isThere, patience).toBe(true);
    return this.page.run((id) => {
      const box = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('.launcher')?.getBoundingClientRect();
      return { x: Math.round((box?.left ?? 0) + (box?.width ?? 0) / 2), y: Math.round((box?.top ?? 0) + (box?.height ?? 0) / 2) };
    }, this.id);
  }

  /** Moves the mouse onto the launcher from another place. */
  async comeNear(): Promise<void> {
    await this.page.hover({ x: 1, y: 1 });
    await this.page.hover(await this.launcher());
  }

  show(): Promise<void> {
    return this.page.run((id) => (document.querySelector(`coze-chat#${id}`) as CozeChatElement).show(), this.id);
  }

  /** Presses the retry button of a failed chat with the keyboard. */
  async retry(): Promise<void> {
    await this.page.run(
      (id) => document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector<HTMLElement>('.retry')?.focus(),
      this.id,
    );
    await this.page.press('Enter');
  }

  /** Waits until the chat is usable, or has failed. */
  async untilSettled(): Promise<string> {
    await expect.poll(() => this.status(), patience).toMatch(/ready|failed|signed-out/);
    return this.status();
  }

  /** The focus: a tag of the page, a part of the element, or a tag in the chat's frame. */
  focus(): Promise<string> {
    return this.page.run((id) => {
      const chat = document.querySelector(`coze-chat#${id}`);
      if (document.activeElement !== chat) return document.activeElement?.tagName ?? '';
      const inner = chat?.shadowRoot?.activeElement;
      const frame = inner instanceof HTMLIFrameElement ? inner.contentDocument : undefined;
      return frame?.activeElement?.tagName ?? inner?.getAttribute('part') ?? '';
    }, this.id);
  }

  /**
   * Presses Tab until the focus is there. Firefox does not wrap around: it returns to the last position in a shadow tree, not to the first.
   */
  async tabTo(place: string): Promise<void> {
    for (let steps = 0; steps < 20; steps += 1) {
      await this.page.press('Tab');
      if ((await this.focus()) === place) return;
    }
    expect.fail(`Twenty times Tab do not lead to ${place}, but to ${await this.focus()}`);
  }

  async untilFocus(place: string): Promise<void> {
    await expect.poll(() => this.focus(), patience).toBe(place);
  }
}
