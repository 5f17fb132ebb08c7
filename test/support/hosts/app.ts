/** The apps in `test/hosts/`, each installed and built by itself, with the package as it would be published. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { run } from './run.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const APPS = join(ROOT, 'test/hosts');

const SHOP = join(ROOT, 'test/support/hosts/shop.html');

/** Each app depends on this file. */
const TARBALL = 'coze-chat-embed.tgz';

export interface Workshop {
  /** Installs the app in a folder of its own, with its dependencies. */
  install(name: string): Promise<App>;
  close(): Promise<void>;
}

export interface App {
  readonly folder: string;
  build(): Promise<void>;
  remove(): Promise<void>;
}

/** Packs the package once. The folder is outside the repository, so that no other node_modules can satisfy an import. */
export async function openWorkshop(coze: CozeStandIn): Promise<Workshop> {
  const workshop = await mkdtemp(join(tmpdir(), 'coze-hosts-'));
  await packInto(workshop);
  return {
    install: async (name) => {
      const folder = join(workshop, name);
      await cp(join(APPS, name), folder, { recursive: true, filter: (path) => !/\/(?:node_modules|dist|build)$/.test(path) });
      // For sites without a page of their own.
      await cp(SHOP, join(folder, 'index.html'), { force: false });
      await cp(join(workshop, TARBALL), join(folder, TARBALL));
      await fillIn(folder, coze);
      // Not `ci`: that also requires the packages for other systems in the lock file, which not every registry has.
      await run('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
      return {
        folder,
        build: async () => void (await run('npm', ['run', 'build'], { cwd: folder })),
        remove: () => rm(folder, { recursive: true }),
      };
    },
    close: () => rm(workshop, { recursive: true }),
  };
}

/** Needs `dist/`. */
export async function packInto(folder: string): Promise<void> {
  const printed = await run('npm', ['pack', '--ignore-scripts', '--json', '--loglevel', 'error', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [{ filename }] = JSON.parse(printed) as [{ readonly filename: string }];
  await rename(join(folder, filename), join(folder, TARBALL));
}

/** Replaces the placeholders of the examples, as a host would. */
async function fillIn(folder: string, coze: CozeStandIn): Promise<void> {
  await writeFile(join(folder, 'coze_oauth_config.json'), JSON.stringify(coze.oauthConfig));
  for (const file of await readdir(folder, { recursive: true })) {
    if (!/\.(?:html|js|tsx?|vue|svelte|astro)$/.test(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    await writeFile(join(folder, file), text.replaceAll('https://api.coze.cn', coze.origin).replaceAll('73428668', coze.botId));
  }
}
