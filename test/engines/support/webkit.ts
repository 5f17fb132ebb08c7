/** Debian's WebKitGTK by WebDriver: its own driver program, and a display that nobody sees. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Builder, Key, type WebDriver } from 'selenium-webdriver';
import { hasWebKit, webKit } from '../../support/engines.mjs';
import type { Engine, EnginePage, Place } from './engine.js';

const keys = { Enter: Key.RETURN, Tab: Key.TAB, Escape: Key.ESCAPE } as const;

export const webkit: Engine = {
  name: 'WebKit',
  isInstalled: hasWebKit,
  async start() {
    const display = await startDisplay();
    return {
      newPage: async () => {
        const { session, driver } = await beginSession(display.name);
        return pageOf(session, () => end(driver));
      },
      close: () => end(display.program),
    };
  },
};

/** A driver now and then never answers the request for a session, and begins no browser. Then another one has to. */
async function beginSession(display: string): Promise<{ readonly session: WebDriver; readonly driver: ChildProcess }> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const { url, program } = await startDriver(display);
    const session = await Promise.race([newSession(url), setTimeout(10_000, undefined, { ref: false })]);
    if (session !== undefined) return { session, driver: program };
    await end(program);
  }
  throw new Error('Three drivers of WebKit have not begun a session within 10 s each.');
}

async function startDriver(display: string): Promise<{ readonly url: string; readonly program: ChildProcess }> {
  const port = await freePort();
  const program = spawn(webKit.driver, ['--host=127.0.0.1', `--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilListening(url);
  return { url, program };
}

async function newSession(driverUrl: string): Promise<WebDriver> {
  return new Builder()
    .usingServer(driverUrl)
    .withCapabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: webKit.browser, args: ['--automation'] },
    })
    .build();
}

function pageOf(session: WebDriver, endDriver: () => Promise<void>): EnginePage {
  const send = (text: string): Promise<void> => session.actions().sendKeys(text).perform();
  return {
    goto: (url) => session.get(url),
    run: (script, ...args) => session.executeScript(script as never, ...args),
    type: send,
    press: (key) => send(keys[key]),
    hover: (place) =>
      session
        .actions()
        .move({ ...place, duration: 0 })
        .perform(),
    click: (place) =>
      session
        .actions()
        .move({ ...place, duration: 0 })
        .click()
        .perform(),
    tap: (place) => session.executeScript(tapAt as never, place),
    screenshot: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
    close: async () => {
      await session.quit();
      await endDriver();
    },
  };
}

/** The driver knows no fingers; these are the events that one leads to (Pointer Events, section 4.1.3). In the page. */
function tapAt({ x, y }: Place): void {
  let target: Element | null = document.elementFromPoint(x, y);
  while (target?.shadowRoot != null) target = target.shadowRoot.elementFromPoint(x, y);
  const init = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, pointerType: 'touch', isPrimary: true };
  for (const type of ['pointerover', 'pointerenter', 'pointerdown', 'pointerup', 'pointerout', 'pointerleave', 'click']) {
    target?.dispatchEvent(new PointerEvent(type, { ...init, bubbles: !/(?:enter|leave)$/.test(type) }));
  }
}

/** Xvfb chooses a free display and says its number on the third descriptor. */
async function startDisplay(): Promise<{ readonly name: string; readonly program: ChildProcess }> {
  const program = spawn(webKit.display, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(program.stdio[3] as Readable, 'data')) as [Buffer];
  return { name: `:${number.toString().trim()}`, program };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/status`).catch(() => undefined);
    if (answer?.ok === true) return;
    await setTimeout(50);
  }
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode === null && program.kill()) await once(program, 'exit');
}
