/** What must work in every engine. Chromium runs the whole suite; these are the parts that depend on the engine. */
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../demo/page/content-security-policy.js';
import type { CozeChatElement } from '../../../src/index.js';
import { script, type Suite } from '../support/suite.js';

/** Listens in the page and, from the start, in each document of the chat's frame. */
const WATCH_VIOLATIONS = `window.violations = [];
const watched = new WeakSet();
(function watch() {
  const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument;
  for (const watchable of [document, frame]) {
    if (watchable == null || watched.has(watchable)) continue;
    watched.add(watchable);
    watchable.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      violations.push(effectiveDirective + ' ' + blockedURI);
    });
  }
  requestAnimationFrame(watch);
})();`;

export const core: Suite = (world) => {
  test('A chat shows Alice and Bob only their own conversation, now and after a reload', async () => {
    const visit = await world().open({ signedIn: { left: 'alice', right: 'bob' } });
    const [alice, bob] = [visit.chat('left'), visit.chat('right')];
    for (const count of ['one', 'two']) {
      await alice.ask(`alice says ${count}`);
      await bob.ask(`bob says ${count}`);
    }
    await visit.load();
    await alice.untilText('You said: alice says two');
    await bob.untilText('You said: bob says two');
    expect(await alice.text()).not.toContain('bob says');
    expect(await bob.text()).not.toContain('alice says');
    const owners = new Set(world().coze.requests.map(({ sessionName }) => sessionName));
    expect(owners.size).toBe(2);
  });

  test('A token that expires has no visible effect', async () => {
    world().coze.setFaults({ maxTokenLifeSeconds: 4, expiredOnChat: 'code-4101' });
    const chat = (await world().open({ signedIn: { left: 'alice' } })).chat();
    for (const count of ['one', 'two', 'three']) {
      if (count !== 'one') await new Promise((resolve) => setTimeout(resolve, 3_000));
      await chat.ask(`number ${count}`);
    }
    expect(await chat.text()).not.toMatch(/personal access token|Not sent/i);
    expect(world().coze.requests.filter(({ token }) => token === 'expired')).toEqual([]);
  });

  test('A chat is removed in the same task when another visitor signs in, whose chat shows nothing of it', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { 'user-id': 'alice' } });
    const chat = visit.chat();
    world().coze.setFaults({ holdLastWord: true });
    await chat.send('alice tells a story in many short words');
    await chat.untilText('You said: alice tells');
    await visit.signIn('left', 'bob');
    // The number of frames is not checked: the driver of WebKit runs promises in the middle of a script, so Bob's frame may already exist.
    const isFrameLeft = await visit.page.run(() => {
      const element = document.querySelector('coze-chat') as CozeChatElement;
      const frame = element.shadowRoot?.querySelector('iframe');
      element.userId = 'bob';
      return frame?.isConnected;
    });
    expect(isFrameLeft).toBe(false);
    world().coze.resetFaults();
    await chat.ask('hello from bob');
    expect(await chat.text()).not.toContain('alice');
  });

  test('A chat works under a strict policy without a violation', async () => {
    const policy = contentSecurityPolicy({
      pageUrl: world().host.origin,
      filesUrl: '/coze-chat-embed/define.js',
      frameSrc: '',
      tokenEndpoint: '/visitors/left/api/coze/token',
      apiBaseUrl: world().coze.origin,
      pictures: [],
      nonce: '',
      uploads: false,
      voiceInput: false,
      readAloud: false,
      trustedTypes: true,
    }).join('; ');
    world().host.pages.set('/pages/watch-violations.js', script(WATCH_VIOLATIONS));
    const visit = await world().open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble' },
      head: '<script src="/pages/watch-violations.js"></script>',
      headers: { 'content-security-policy': policy },
    });
    await visit.chat().show();
    await visit.chat().ask('under a policy: table');
    const violations = (): Promise<readonly string[]> =>
      visit.page.run(() => (window as unknown as { violations: readonly string[] }).violations);
    expect(await violations()).toEqual([]);
    // Proves that violations are recorded: this request is forbidden, in the chat's frame as well, whose document inherits the page's CSP.
    await visit.page.run(() => {
      const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument;
      if (frame != null) frame.body.appendChild(frame.createElement('img')).src = 'https://elsewhere.example/picture.png';
    });
    // The page's CSP and the frame's own may each report a violation.
    await expect.poll(async () => [...new Set(await violations())]).toEqual(['img-src https://elsewhere.example/picture.png']);
  });

  test.each([
    ['gold', '#f5c518', [0, 0, 0]],
    ['indigo', '#4d53e8', [255, 255, 255]],
  ])('The launcher’s icon on %s is black or white, whichever can be read', async (_, accent, readable) => {
    const visit = await world().open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble', style: `--coze-chat-accent: ${accent}` },
    });
    await visit.chat().tabTo('launcher');
    const pixel = await visit.page.run(() => {
      const launcher = document.querySelector('coze-chat')?.shadowRoot?.querySelector('.launcher');
      const canvas = document.createElement('canvas').getContext('2d');
      if (launcher == null || canvas === null) return undefined;
      canvas.fillStyle = getComputedStyle(launcher).color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    });
    expect(pixel).toEqual(readable);
  });

  test('A chat can be used with the keyboard alone', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } });
    const chat = visit.chat();
    await chat.tabTo('launcher');
    await visit.page.press('Enter');
    await chat.untilIdle();
    await chat.untilFocus('panel');
    await chat.tabTo('TEXTAREA');
    await visit.page.type('written by keyboard');
    await visit.page.press('Enter');
    await chat.untilText('You said: written by keyboard');
    await visit.page.press('Escape');
    await chat.untilFocus('launcher');
  });
};
