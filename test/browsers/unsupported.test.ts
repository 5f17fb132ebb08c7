/**
 * What a browser shows that is too old. One of the two cannot even parse the rest of the code (Chromium 79), the other lacks some syntax
 * and some APIs. No automation supports browsers of that age: the page reports its result to its website.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../demo/coze-stand-in/index.js';
import { startTestHost, type TestHost } from '../e2e/support/test-host.js';
import { patience } from '../engines/support/engine-chat.js';
import { script } from '../engines/support/suite.js';
import { chromiumArgs } from '../support/chromium.mjs';
import { hasOldChromium, oldChromiumPath } from '../support/old-chromium.mjs';

/** Reports the result to the website, in syntax that the browser can parse. */
const REPORT = `var said = [];
addEventListener('error', function (event) { said.push('error: ' + event.message); });
addEventListener('unhandledrejection', function (event) { said.push('rejection: ' + event.reason); });
addEventListener('coze-error', function (event) { said.push(event.code + ' ' + event.retryable + ' ' + event.target.localName); });
function visible(element) { return element !== null && element.getBoundingClientRect().width > 0; }
function begin() {
  var chat = document.querySelector('coze-chat');
  if (chat === null || chat.show === undefined) { setTimeout(begin, 50); return; }
  chat.show();
  chat.sendMessage('hello').catch(function (error) { said.push('rejected: ' + error.code); end(chat); });
}
begin();
function end(chat) {
  // What must not be reported, or be reported once, would come by then.
  setTimeout(function () {
    var link = document.querySelector('a[slot=unsupported]');
    var report = {
      said: said,
      status: chat.status,
      shows: [visible(link), visible(document.querySelector('[slot=launcher]')), visible(chat.shadowRoot.querySelector('button, iframe, dialog'))],
      isInCorner: link !== null && innerWidth - link.getBoundingClientRect().right === 24,
    };
    fetch('/report/' + encodeURIComponent(JSON.stringify(report)));
  }, 3000);
}`;

const CHILDREN = '<a slot="unsupported" href="/contact">Write to us</a><img slot="launcher" alt="" width="9" height="9">';

interface Report {
  readonly said: readonly string[];
  readonly status: string;
  /** Whether the page shows its link, the launcher's picture, and anything of ours. */
  readonly shows: readonly boolean[];
  readonly isInCorner: boolean;
}

describe.each([79, 92])('Chromium %i (skipped where it is not installed)', (version) => {
  let coze: CozeStandIn;
  let host: TestHost;
  beforeAll(async () => {
    coze = await startCozeStandIn();
    host = await startTestHost(coze);
    host.pages.set('/pages/report.js', script(REPORT));
  });
  afterAll(() => Promise.all([host.stop(), coze.stop()]));

  async function visit(body: string): Promise<Report> {
    const path = `/pages/unsupported-${host.pages.size}`;
    const html = `<!doctype html><meta charset="utf-8"><script src="/pages/report.js"></script><body>${body}`;
    host.pages.set(path, new Response(html, { headers: { 'content-type': 'text/html' } }));
    host.requests.length = 0;
    const profile = await mkdtemp(join(tmpdir(), 'old-chromium-'));
    const args = ['--headless', '--no-zygote', '--remote-debugging-port=0', `--user-data-dir=${profile}`, host.origin + path];
    const browser = spawn(await oldChromiumPath(version), [...chromiumArgs, ...args], { stdio: 'ignore' });
    try {
      await expect.poll(() => host.requests.at(-1), patience).toMatch(/^\/report\//);
      return JSON.parse(decodeURIComponent(host.requests.at(-1)?.slice('/report/'.length) ?? '')) as Report;
    } finally {
      browser.kill();
      await once(browser, 'exit');
      await rm(profile, { recursive: true, force: true });
    }
  }

  const expected = (errors: readonly string[]): Report => ({
    said: [...errors, 'rejected: unsupported_browser'],
    status: 'failed',
    shows: [true, false, false],
    isInCorner: true,
  });

  test.skipIf(!hasOldChromium(version))(
    'An unsupported browser shows the site’s own link in place of the launcher, and the element reports it once',
    async () => {
      const chat = `<coze-chat bot-id="1" token-endpoint="/token">${CHILDREN}</coze-chat>`;
      const report = await visit(`<script type="module" src="/coze-chat-embed/define.js"></script>${chat}`);
      expect(report).toEqual(expected(['unsupported_browser false coze-chat']));
      expect(host.requests.filter((path) => path.includes('define-element'))).toEqual([]);
    },
  );

  test.skipIf(!hasOldChromium(version))('The script tag reports an unsupported browser once, and shows nothing', async () => {
    const report = await visit(`<script src="/coze-chat-embed/embed.js" data-bot-id="1" data-token-endpoint="/token"></script>`);
    expect(report).toEqual({ ...expected(['unsupported_browser false coze-chat']), shows: [false, false, false], isInCorner: false });
  });
});
