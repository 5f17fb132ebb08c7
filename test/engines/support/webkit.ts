/** Debian's WebKitGTK by WebDriver: with its own driver program, and a virtual display. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Actions, Builder, Key, Origin, type WebDriver } from 'selenium-webdriver';
import { hasWebKit, webKit } from '../../support/engines.mjs';
import type { Engine, EnginePage, Place } from './engine.js';

/** The package's declarations lack the wheel. */
type WheelActions = Actions & {
  scroll(x: number, y: number, deltaX: number, deltaY: number, origin: unknown, durationMs: number): Actions;
};

const keys = { Enter: Key.RETURN, Tab: Key.TAB, Escape: Key.ESCAPE } as const;

export const webkit: Engine = {
  name: 'WebKit',
  isInstalled: hasWebKit,
  async start() {
    const display = await startDisplay();
    const driver = await startDriver(display.name);
    const session = await newSession(driver.url);
    return {
      // A driver has one session at a time, and its browser takes longer to start than most tests to run.
      newPage: async () => pageOf(session, () => forget(session)),
      close: async () => {
        await session.quit();
        await end(driver.program);
        await end(display.program);
      },
    };
  },
};

/** Leaves the site and deletes its cookies and storage. */
async function forget(session: WebDriver): Promise<void> {
  await session.executeScript(() => {
    if (location.href === 'about:blank') return;
    localStorage.clear();
    sessionStorage.clear();
  });
  await session.manage().deleteAllCookies();
  await session.get('about:blank');
}

async function startDriver(display: string): Promise<{ readonly url: string; readonly program: ChildProcess }> {
  const port = await freePort();
  const program = spawn(webKit.driver, ['--host=127.0.0.1', `--port=${port}`], {
    // Without a graphics card, buffers that processes share are drawn by a software OpenGL, which takes half of WebKit's processor time.
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_DMABUF_RENDERER: '1' },
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

function pageOf(session: WebDriver, close: () => Promise<void>): EnginePage {
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
    wheel: ({ x, y }, by) => (session.actions() as WheelActions).scroll(x, y, 0, by, Origin.VIEWPORT, 0).perform(),
    tap: (place) => session.executeScript(tapAt as never, place),
    print: () => Promise.resolve(undefined),
    screenshot: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
    close,
  };
}

/** The driver has no touch input; fires the events of a tap instead (Pointer Events, section 4.1.3). Runs in the page. */
function tapAt({ x, y }: Place): void {
  let target: Element | null = document.elementFromPoint(x, y);
  while (target?.shadowRoot != null) target = target.shadowRoot.elementFromPoint(x, y);
  const init = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, pointerType: 'touch', isPrimary: true };
  for (const type of ['pointerover', 'pointerenter', 'pointerdown', 'pointerup', 'pointerout', 'pointerleave', 'click']) {
    target?.dispatchEvent(new PointerEvent(type, { ...init, bubbles: !/(?:enter|leave)$/.test(type) }));
  }
}

/**
 * Xvfb chooses a free display and writes its number to the third descriptor. Started with `-noreset`, because Xvfb would otherwise reset
 * when its last client disconnects: a browser that starts at that moment gets no display and exits, and its driver waits forever.
 */
async function startDisplay(): Promise<{ readonly name: string; readonly program: ChildProcess }> {
  const program = spawn(webKit.display, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-noreset'], {
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
