/** H2: the requests that a bot can cause in the browser, and the frame's CSP, in every engine. */
import { expect, test } from 'vitest';
import type { EngineChat } from '../support/engine-chat.js';
import { patience } from '../support/engine-chat.js';
import type { EngineWorld } from '../support/engine-world.js';
import { script, type Suite } from '../support/suite.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#c00"/></svg>';

/** The same server under another name: another origin, which no setting allows. */
function putPictures({ host }: EngineWorld): string {
  const picture = () => new Response(SVG, { headers: { 'content-type': 'image/svg+xml' } });
  for (const name of ['box', 'beacon', 'logout']) host.pages.set(`/${name}.svg`, picture());
  host.pages.set('/on', new Response(null, { status: 302, headers: { location: `${host.origin}/logout.svg` } }));
  host.pages.set('/uploads/a.js', script('window.hasRun = true'));
  host.requests.length = 0;
  return host.origin.replace('localhost', '127.0.0.1');
}

/** Requests for these pictures. */
const askedFor = ({ host }: EngineWorld): string[] =>
  host.requests.filter((path) => /^\/(?:(?:box|beacon|logout)\.svg|on|uploads\/a\.js)$/.test(path));

const inFrame = <R>(chat: EngineChat, find: (body: HTMLElement) => R, selector = 'body'): Promise<R> =>
  chat.page.run(
    (id, source, wanted) => {
      const body = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector(wanted);
      return (new Function(`return (${source}).apply(undefined, arguments)`) as (element: unknown) => never)(body);
    },
    chat.id,
    String(find),
    selector,
  ) as Promise<R>;

export const addresses: Suite = (world) => {
  test('A picture of another host waits for the visitor, and one of the page’s own site is never requested, even by a redirect', async () => {
    const { host } = world();
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const elsewhere = putPictures(world());
    const chat = visit.chat();
    await chat.send(`![own](/logout.svg) ![own](${host.origin}/logout.svg) ![box](${elsewhere}/box.svg) ![on](${elsewhere}/on)`);
    await chat.untilText(`Show picture from ${new URL(elsewhere).host}`);
    await chat.untilIdle();
    expect(askedFor(world())).toEqual([]);

    await inFrame(chat, (body) => {
      for (const button of body.querySelectorAll<HTMLElement>('.picture__show')) button.click();
    });
    const drawn = () =>
      inFrame(chat, (body) =>
        [...body.querySelectorAll<HTMLCanvasElement>('.picture__box:not([hidden]) canvas')].map(({ width, height }) => [width, height]),
      );
    await expect.poll(drawn, patience).toEqual([[40, 30]]);
    const links = () =>
      inFrame(chat, (body) => [...body.querySelectorAll<HTMLAnchorElement>('a.link')].map(({ textContent }) => textContent));
    await expect.poll(links, patience).toContain('on');
    expect(askedFor(world()).sort()).toEqual(['/box.svg', '/on']);
  });

  test('Foreign pictures, scripts and requests are blocked in the frame, and the chat goes on', async () => {
    const { host } = world();
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const elsewhere = putPictures(world());
    const chat = visit.chat();
    await chat.send('**good** day');
    await chat.untilText('You said: good day');
    await chat.untilIdle();
    const outcome = await visit.page.run(
      async (id, own, other) => {
        const frame = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe');
        const realm = frame?.contentWindow as (Window & typeof globalThis) | undefined;
        if (realm == null) return undefined;
        const load = (tag: 'img' | 'script', src: string) =>
          new Promise<string>((resolve) => {
            const element = realm.document.createElement(tag);
            element.addEventListener('load', () => resolve('loaded'));
            element.addEventListener('error', () => resolve('refused'));
            element.src = src;
            realm.document.body.append(element);
          });
        const results = [
          await load('img', `${other}/beacon.svg`),
          await load('img', `${own}/logout.svg`),
          await load('script', `${own}/uploads/a.js`),
          await realm.fetch(`${own}/logout.svg`).then(
            () => 'loaded',
            () => 'refused',
          ),
        ];
        return [...results, 'hasRun' in realm];
      },
      chat.id,
      host.origin,
      elsewhere,
    );
    expect(outcome).toEqual(['refused', 'refused', 'refused', 'refused', false]);
    expect(askedFor(world())).toEqual([]);
    await chat.ask('the chat goes on');
  });
};
