/** A host page with chats, from the visitor's side. */
import type { FrameLocator, Locator, Page } from 'playwright';
import type { CozeChatElement } from '../../../src/index.js';

export class ChatPage {
  readonly page: Page;
  readonly url: string;
  /** All lines of the console since before the page was loaded, such as `warning: …`. */
  readonly printed: readonly string[];

  constructor(page: Page, url: string) {
    const printed: string[] = [];
    this.page = page;
    this.url = url;
    this.printed = printed;
    page.on('console', (message) => printed.push(`${message.type()}: ${message.text()}`));
  }

  async load(): Promise<void> {
    await this.page.goto(this.url);
    await this.page.waitForFunction(() => customElements.get('coze-chat') !== undefined);
  }

  async signIn(pane: string, user: string): Promise<void> {
    const origin = new URL(this.url).origin;
    await this.page.context().request.post(`${origin}/visitors/${pane}/session`, { data: { user } });
  }

  async signOut(pane: string): Promise<void> {
    const origin = new URL(this.url).origin;
    await this.page.context().request.delete(`${origin}/visitors/${pane}/session`);
  }

  /** Delays responses from `url`. @returns a function that releases them */
  async hold(url: string | RegExp): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await this.page.route(url, async (route) => {
      await released;
      await route.continue();
    });
    return release;
  }

  chat(pane = 'left'): PaneChat {
    return new PaneChat(this.page.locator(`coze-chat#${pane}`));
  }
}

/** One `<coze-chat>`. */
export class PaneChat {
  readonly element: Locator;
  readonly frame: FrameLocator;
  readonly input: Locator;

  constructor(element: Locator) {
    this.element = element;
    this.frame = this.element.locator('iframe').contentFrame();
    this.input = this.frame.locator('textarea');
  }

  /** Sends by keyboard and waits for the stand-in's complete echo. */
  async ask(text: string): Promise<void> {
    await this.exchange(text);
    await this.answerTo(text).waitFor();
  }

  async send(text: string): Promise<void> {
    await this.untilIdle();
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Sends by keyboard and waits until the answer is complete, whatever it is. */
  async exchange(text: string): Promise<void> {
    await this.send(text);
    await this.untilSent();
    await this.untilIdle();
  }

  /** Waits until the text has left the field. Before that the chat is idle, for example while it asks the token endpoint whose chat it is. */
  async untilSent(): Promise<void> {
    await this.frame.locator('textarea:placeholder-shown').waitFor();
  }

  /** Finds the answer of the stand-in, which repeats the question. */
  answerTo(text: string): Locator {
    return this.frame.locator('[role=log]').getByText(`You said: ${text}`).last();
  }

  /** Waits until the chat has started and no answer is running: during an answer, files cannot be added. */
  async untilIdle(): Promise<void> {
    await this.frame.getByRole('button', { name: /^(Add a file|添加文件)$/, disabled: false }).waitFor();
  }

  /** All visible text of the chat. */
  text(): Promise<string> {
    return this.frame.locator('body').innerText();
  }

  status(): Promise<string> {
    return this.element.evaluate((element: CozeChatElement) => element.status);
  }

  async untilStatus(status: string): Promise<void> {
    const handle = await this.element.elementHandle();
    await this.element
      .page()
      .waitForFunction(([element, wanted]) => (element as CozeChatElement).status === wanted, [handle, status] as const);
  }
}
