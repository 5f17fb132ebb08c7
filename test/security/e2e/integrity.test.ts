/** M5, M4: the frame runs exactly the files of its build, from whatever server, or the chat says that it cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { ChatPage } from '../../e2e/support/chat-page.js';
import { type OpenOptions, setUpWorld, type World } from '../../e2e/support/world.js';

const FRAME = '/coze-chat-embed/frame/';
const TYPES = { js: 'text/javascript', css: 'text/css' };

let world: World;
setUpWorld((created) => (world = created));

const fileLike = (pattern: RegExp): string => readdirSync('dist/frame').find((name) => pattern.test(name)) ?? '';
const SCRIPT = fileLike(/^frame-.*\.js$/);
const STYLE = fileLike(/^frame-.*\.css$/);
const LATER = readdirSync('dist/frame').filter((name) => name.endsWith('.js') && name !== SCRIPT);

/** As an attacker with access to the server could: the same code after an additional line that has a visible effect. */
function tamperWith(name: string): void {
  const isScript = name.endsWith('.js');
  const addition = isScript ? 'parent.document.documentElement.dataset.tampered = "yes";' : ':root { --tampered: yes }';
  world.host.pages.set(
    `${FRAME}${name}`,
    new Response(`${addition}\n${readFileSync(`dist/frame/${name}`, 'utf8')}`, {
      headers: { 'content-type': TYPES[isScript ? 'js' : 'css'], 'access-control-allow-origin': '*' },
    }),
  );
}
function restore(): void {
  for (const path of world.host.pages.keys()) if (path.startsWith(FRAME)) world.host.pages.delete(path);
}
afterEach(restore);

async function wasRun({ page }: ChatPage): Promise<boolean> {
  const marks = await Promise.all(
    page
      .frames()
      .map((frame) =>
        frame.evaluate(() =>
          [document.documentElement.dataset['tampered'], getComputedStyle(document.documentElement).getPropertyValue('--tampered')].join(
            '',
          ),
        ),
      ),
  );
  return marks.some((mark) => mark.includes('yes'));
}

/** Records errors from now on. */
async function watchErrors({ page }: ChatPage, attributes: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const errors: string[] = [];
  await page.exposeFunction('reportError', (text: string) => errors.push(text));
  await page.evaluate((attributes) => {
    const { reportError } = window as unknown as { reportError(text: string): void };
    document.addEventListener('coze-error', ({ code, message }) => reportError(`${code}: ${message}`));
    const chat = document.querySelector('coze-chat') as CozeChatElement;
    for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
    chat.show();
  }, attributes);
  return errors;
}

const ORIGINS: readonly (readonly [string, () => string | undefined])[] = [
  ['the page’s own origin', () => undefined],
  ['another origin', () => world.host.origin.replace('localhost', '127.0.0.1')],
];

describe.each(ORIGINS)('Files on %s', (_, filesOrigin) => {
  const open = (options: Partial<OpenOptions> = {}): Promise<ChatPage> =>
    world.open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble', loading: 'click', 'forget-open': '' },
      filesOrigin: filesOrigin() ?? '',
      expectedErrors: [/integrity/, /Failed to find a valid digest/, /net::ERR/],
      ...options,
    });

  test.each([SCRIPT, STYLE])(
    'The file %s with an additional line is not executed, and coze-error says why there is no chat',
    async (name) => {
      tamperWith(name);
      const page = await open();
      const errors = await watchErrors(page);
      await page.chat().untilStatus('failed');
      expect(errors).toEqual([expect.stringMatching(/^frame_unavailable: The chat's (?:own code|styles) did not .* byte for byte/)]);
      expect(await wasRun(page)).toBe(false);
    },
  );

  test('If the formatting code has an additional line, answers are shown without formatting, and coze-error says why', async () => {
    for (const name of LATER) tamperWith(name);
    const page = await open();
    const errors = await watchErrors(page);
    const chat = page.chat();
    await chat.send('say:\nthe **harbour** is &ngE; deep');
    await chat.frame.getByText('the **harbour** is &ngE; deep').last().waitFor();
    await chat.untilIdle();
    expect(errors).toEqual([expect.stringMatching(/^frame_unavailable: What formats answers did not come from /)]);
    expect(await wasRun(page)).toBe(false);
  });

  test('Unmodified files are accepted, and each is loaded once', async () => {
    const page = await open();
    const errors = await watchErrors(page);
    const chat = page.chat();
    world.host.requests.length = 0;
    await chat.send('say:\nthe **harbour** is &ngE; deep ![chart](https://charts.example/a.png)');
    await chat.frame.locator('strong').getByText('harbour', { exact: true }).last().waitFor();
    await chat.frame.getByText('≧̸').last().waitFor();
    await chat.frame
      .getByRole('button', { name: /charts\.example/ })
      .last()
      .waitFor();
    await chat.untilIdle();
    // The code of the message bars is loaded after the answer.
    await chat.frame.getByRole('toolbar').last().waitFor();
    expect(errors).toEqual([]);
    const later = world.host.requests.filter((path) => LATER.some((name) => path.endsWith(name)));
    expect(later.map((path) => path.replace(/-[\w-]{8}\.js$/, '')).toSorted()).toEqual(
      // The first message's action bar loads code that it shares with other parts.
      [
        ...['add-styles', 'dialog'],
        'foreign-picture',
        'markdown-parts',
        ...['message-bar', 'play-audio'],
        'rare-characters',
        'to-speech',
      ].map((chunk) => `${FRAME}${chunk}`),
    );
  });
});

describe('Attribute frame-src', () => {
  test('Another origin is a configuration error, and no request is sent to it', async () => {
    const elsewhere = world.host.origin.replace('localhost', '127.0.0.1');
    const page = await world.open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble', loading: 'eager', 'frame-src': `${elsewhere}${FRAME}` },
      expectedErrors: [/^coze-chat/],
    });
    const asked: string[] = [];
    page.page.on('request', (request) => asked.push(request.url()));
    const errors = await watchErrors(page);
    const chat = page.chat();
    await chat.untilStatus('failed');
    expect(errors).toEqual([expect.stringMatching(/^invalid_configuration: <coze-chat>: frame-src, as an attribute, /)]);
    expect(asked.filter((url) => url.startsWith(elsewhere))).toEqual([]);
    expect(await chat.element.locator('iframe').count()).toBe(0);

    await chat.element.evaluate((element: CozeChatElement, url) => {
      element.removeAttribute('frame-src');
      element.frameSrc = url;
    }, `${elsewhere}${FRAME}`);
    await chat.ask('from the property');
    expect(asked.some((url) => url.startsWith(elsewhere))).toBe(true);
  });

  test('A folder of the page’s own origin that others can write to runs no code of theirs', async () => {
    const uploads = '/uploads/';
    for (const name of [SCRIPT, 'frame.js', 'a.js'])
      world.host.pages.set(
        `${uploads}${name}`,
        new Response('parent.document.documentElement.dataset.tampered = "yes"', { headers: { 'content-type': 'text/javascript' } }),
      );
    const page = await world.open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble', 'frame-src': uploads },
      expectedErrors: [/integrity/, /Failed to find a valid digest/, /status of 404/],
    });
    const errors = await watchErrors(page);
    await page.chat().untilStatus('failed');
    expect(errors).toEqual([expect.stringMatching(/^frame_unavailable: /)]);
    expect(await wasRun(page)).toBe(false);
  });

  test('A live chat goes on when its attribute is changed to another origin', async () => {
    const page = await world.open({ signedIn: { left: 'alice' } });
    const chat = page.chat();
    await chat.ask('before');
    const errors = await watchErrors(page, { 'frame-src': 'https://evil.example/' });
    await expect.poll(() => errors).toEqual([expect.stringMatching(/^invalid_configuration: <coze-chat>: frame-src/)]);
    await chat.ask('after');
  });
});

test('The page’s Trusted Types policy cannot be used to write HTML, in the page or in the frame', async () => {
  const policy = "require-trusted-types-for 'script'; trusted-types coze-chat-embed lit-html";
  const page = await world.open({ signedIn: { left: 'alice' }, headers: { 'content-security-policy': policy } });
  await page.chat().ask('good morning');
  const tries = await Promise.all(
    page.page.frames().map((frame) =>
      frame.evaluate(() => {
        const found = [Symbol.for('coze-chat-embed'), ...Object.getOwnPropertySymbols(window)].map(
          (key) => Reflect.get(window, key) as unknown,
        );
        return found.flatMap((policy) => {
          const createHTML = (policy as { createHTML?: (text: string) => unknown } | undefined)?.createHTML;
          if (createHTML === undefined) return [];
          try {
            return [String(createHTML.call(policy, '<iframe srcdoc="<script src=/uploads/a.js></script>"></iframe>'))];
          } catch {
            return ['refused'];
          }
        });
      }),
    ),
  );
  expect(new Set(tries.flat())).toEqual(new Set(['refused']));
});
