/** `init` in projects of all kinds, with an in-memory file system. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { runInNewContext, runInThisContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FEATURES, listPoints } from '../../../src/cli/doctor/permissions.js';
import { ENDPOINTS } from '../../../src/server/gateway/endpoints/table.js';
import { firstIdentityOf, type Identify } from '../../../src/server/index.js';
import { type Run, type } from './arrange.js';

type Disk = Record<string, string>;

function projectOf(name: string, files: Disk = {}): Disk {
  return { 'package.json': JSON.stringify({ type: 'module', dependencies: { [name]: '1.0.0' } }), ...files };
}

function initIn(disk: Disk, ...args: readonly string[]): Promise<Run> {
  return type(['init', ...args], {
    readTextFile: (path) => (path in disk ? Promise.resolve(disk[path] ?? '') : Promise.reject(new Error('ENOENT'))),
    listProject: () => Promise.resolve(Object.keys(disk)),
    writeNewFile: (path, text) => {
      if (path in disk) return Promise.resolve(false);
      disk[path] = text;
      return Promise.resolve(true);
    },
    appendToFile: (path, text) => {
      disk[path] = (disk[path] ?? '') + text;
      return Promise.resolve();
    },
  });
}

describe('Command init', () => {
  it.each([
    ['next', 'app/coze/[...path]/route.js', 'serverExternalPackages'],
    ['nuxt', 'server/routes/coze/[...path].js', 'nitro'],
    ['@sveltejs/kit', 'src/routes/coze/[...path]/+server.js', '<script'],
    ['astro', 'src/pages/coze/[...path].js', 'adapter'],
    ['@nestjs/core', 'src/coze-chat.js', "app.use('/coze', cozeChat)"],
    ['express', 'coze-chat.js', "app.use('/coze', cozeChat)"],
    ['fastify', 'coze-chat.js', 'cozeChatRoutes'],
    ['koa', 'coze-chat.js', 'app.use(cozeChatRoutes);'],
    ['hono', 'coze-chat.js', "app.all('/coze/*'"],
    ['lodash', 'coze-chat.js', "startsWith('/coze/')"],
  ])('init recognises %s, writes its files and prints the remaining steps', async (name, path, step) => {
    const disk = projectOf(name, { 'server.js': '' });
    const { exitCode, output } = await initIn(disk);
    const environment = name === 'next' ? '.env.local' : '.env';
    expect(exitCode).toBe(0);
    expect(Object.keys(disk).sort()).toEqual(['.env.example', '.gitignore', 'package.json', 'server.js', environment, path].sort());
    expect(output).toContain(
      `To undo it, delete ${path}, .env.example, ${environment}, and take coze_oauth_config.json and ${environment} out`,
    );
    expect(disk[path]).toContain('createCozeChat({');
    expect(() => transformSync(disk[path] ?? '', { loader: 'ts' })).not.toThrow();
    expect(output).toContain(step);
    expect(output).toMatch(/The pages: .*\/coze\/embed\.js.*YOUR BOT’S ID/);
    for (const point of listPoints(DEFAULT_FEATURES)) expect(output).toContain(point.split('.')[1]);
  });

  it.each([
    [['src/server.ts', 'src/routes.ts'], 'src/coze-chat.ts'],
    [['src/index.ts', 'server.ts'], 'coze-chat.ts'],
    [['src/routes.ts'], 'coze-chat.ts'],
    [['app.ts'], 'coze-chat.ts'],
  ])('In an Express project in TypeScript with %j, init writes %s, beside the server', async (files, path) => {
    const disk = projectOf('express', Object.fromEntries(['tsconfig.json', ...files].map((name) => [name, ''])));
    const { output } = await initIn(disk);
    expect(Object.keys(disk)).toContain(path);
    expect(output).toContain("Your server: import { cozeChat } from './coze-chat.js';");
  });

  it.each(['fastify', 'koa'])('In TypeScript, init prints the way to a session of %s with its type', async (name) => {
    const { output } = await initIn(projectOf(name, { 'tsconfig.json': '{}' }));
    expect(output).toContain('read it in (_request, _claims, { incoming }: any) => …');
  });

  it.each([
    ['next', `import Script from 'next/script'; and, in the body, <Script src="/coze/embed.js" data-bot-id="`],
    ['nuxt', "app: { head: { script: [{ src: '/coze/embed.js', defer: true, 'data-bot-id': '"],
    ['astro', '<script is:inline src="/coze/embed.js" defer data-bot-id="'],
    ['@sveltejs/kit', 'in src/app.html, <script src="/coze/embed.js" defer data-bot-id="'],
    ['express', 'The pages: <script src="/coze/embed.js" defer data-bot-id="'],
  ])('init prints the script line for pages in the form of %s', async (name, line) => {
    expect((await initIn(projectOf(name))).output).toContain(line);
  });

  it.each([
    ['next', "To the options in next.config, add serverExternalPackages: ['coze-chat-embed']"],
    ['nuxt', 'To the options in nuxt.config, add nitro:'],
    ['astro', 'To the options in astro.config, add an adapter'],
  ])('init says what to add to the configuration of %s, and does not replace it', async (name, step) => {
    const { output } = await initIn(projectOf(name));
    expect(output).toContain(step);
    expect(output).not.toContain('export default {');
  });

  it.each(['express', '@nestjs/core'])('The printed code for %s reads the session', async (name) => {
    const disk = projectOf(name);
    const { output } = await initIn(disk);
    const code = Object.values(disk).find((text) => text.includes('createCozeChat')) ?? '';
    const [, arrow = ''] = /\/\/ (\(_request, _claims, \{ incoming \}\) => .*)$/m.exec(code) ?? [];
    const identify = runInThisContext(arrow) as Identify<{ readonly incoming: object }>;
    const request = new Request('https://shop.example/coze/token');
    const ask = (incoming: object) => firstIdentityOf(identify)(request, { reason: 'initial' }, { incoming });
    expect(await ask({ session: { userId: 7 } })).toEqual({ id: '7' });
    expect([await ask({ session: {} }), await ask({})]).toEqual([null, null]);
    expect(output).toMatch(
      /after session\(\), before express\.json\(\) and before what requires a log-in: app\.use\('\/coze', cozeChat\);/,
    );
  });

  it('The route of Next has every method of the gateway, in the documentation, too', async () => {
    const disk = projectOf('next');
    await initIn(disk);
    const methods = [...new Set(ENDPOINTS.map(({ method }) => method)), 'HEAD', 'OPTIONS'].sort();
    const exports = `export { ${methods.map((method) => `handle as ${method}`).join(', ')} };`;
    const files = ['en', 'zh-CN'].map((language) => readFileSync(`demo/docs/${language}/guide/frameworks/next.md`, 'utf8'));
    for (const text of [disk['app/coze/[...path]/route.js'], ...files]) expect(text).toContain(exports);
  });

  it('The printed code for Fastify passes the session to the handler', async () => {
    const { output } = await initIn(projectOf('fastify'));
    const [, call = ''] = /hand it on, (cozeChat\(.*, reply\.raw\)), and read/.exec(output) ?? [];
    const app = fastify();
    app.decorateRequest('session', null);
    app.addHook('onRequest', (request, _reply, done) => {
      Object.assign(request, { session: { userId: 7 } });
      done();
    });
    let given: object | undefined;
    const context = { cozeChat: (raw: object, response: ServerResponse) => ((given = raw), response.end('{}')) };
    app.get('/coze/token', (request, reply) => {
      reply.hijack();
      runInNewContext(call, { ...context, Object, request, reply });
    });
    await app.inject('/coze/token');
    await app.close();
    expect(given).toMatchObject({ session: { userId: 7 } });
  });

  it('The code for Koa leaves other paths to the site, and answers its own in place of Koa', async () => {
    const disk = projectOf('koa');
    const { output } = await initIn(disk);
    const [, code = ''] = /\nexport (async function cozeChatRoutes[\s\S]*)$/.exec(disk['coze-chat.js'] ?? '') ?? [];
    const [, call = ''] = /hand it on, (cozeChat\(.*, context\.res\)), and read/.exec(output) ?? [];
    const ask = async (path: string, source: string) => {
      const context = { path, req: {}, res: {}, session: { userId: 7 }, respond: true };
      const calls: unknown[][] = [];
      const globals = { context, Object, cozeChat: (...given: unknown[]) => calls.push(given), next: () => 'the site' };
      const result: unknown = await runInNewContext(`(${source})(context, next)`, globals);
      return { result, calls, isLeftToKoa: context.respond };
    };
    expect(await ask('/cozened', code)).toEqual({ result: 'the site', calls: [], isLeftToKoa: true });
    expect(await ask('/coze/token', code)).toMatchObject({ calls: [[{}, {}]], isLeftToKoa: false });
    const withSession = code.replace('cozeChat(context.req, context.res)', call);
    expect((await ask('/coze/token', withSession)).calls).toEqual([[{ session: { userId: 7 } }, {}]]);
  });

  it.each(['fastify', 'koa'])('The line for %s also stands in a CommonJS file, which has no await of its own', async (name) => {
    const { output } = await initIn({ 'package.json': JSON.stringify({ dependencies: { [name]: '1.0.0' } }) });
    expect(output).toMatch(/: app\.(?:register|use)\(cozeChatRoutes\);/);
  });

  it.each<[string, boolean, readonly string[]]>([
    ['.env*\n', true, ['coze_oauth_config.json']],
    ['node_modules/\n.env.*\n', true, ['coze_oauth_config.json', '.env']],
    ['.env*\n!.env.example\n', false, ['coze_oauth_config.json']],
    ['# .env*\n*.json\n/.env\n', false, []],
    ['.env\n.env.local\n', false, ['coze_oauth_config.json']],
    ['  .env  \r\n coze_oauth_config.json\n', false, ['coze_oauth_config.json', '.env']],
    ['.env \r\n*.json\n', false, []],
    ['.env*\n*.json\n!.en[v]\n', false, ['coze_oauth_config.json', '.env']],
  ])('init recognises which files git ignores with %j', async (gitIgnore, isExampleIgnored, added) => {
    const disk = projectOf('express', { '.gitignore': gitIgnore });
    const { output } = await initIn(disk);
    expect(output.includes('git ignores .env.example here: add !.env.example at the end of .gitignore')).toBe(isExampleIgnored);
    expect(disk['.gitignore']).toBe(gitIgnore + added.map((name) => `${name}\n`).join(''));
  });

  it('init writes TypeScript for a TypeScript project, and below src/ if the app is there', async () => {
    const disk = projectOf('next', { 'tsconfig.json': '{}', 'src/app': '' });
    await initIn(disk);
    // That it compiles is tested with the documentation's code (test/unit/docs/code-blocks.test.ts).
    expect(disk['src/app/coze/[...path]/route.ts']).toContain('handle(request: Request)');
  });

  it.each([
    [['src/app'], 'src/app'],
    // Next builds nothing where its two routers have different parents.
    [['src/pages'], 'src/app'],
    [['pages'], 'app'],
    [['app', 'src/app'], 'app'],
    [['src/components'], 'app'],
  ])('init writes the route of Next for the folders %j into %s', async (folders, place) => {
    const disk = projectOf('next', Object.fromEntries(folders.map((folder) => [folder, ''])));
    await initIn(disk);
    expect(disk).toHaveProperty([`${place}/coze/[...path]/route.js`]);
  });

  it.each(['{ "dependencies": { "next": "16" }, }', '\uFFFD{\0}\0', ''])(
    'init writes nothing when package.json is invalid, and prints an error',
    async (manifest) => {
      const disk: Disk = { 'package.json': manifest };
      const { exitCode, errors, output } = await initIn(disk);
      expect([exitCode, errors, output]).toEqual([1, expect.stringMatching(/^package\.json is not valid JSON/), '']);
      expect(Object.keys(disk)).toEqual(['package.json']);
    },
  );

  it.each(['app.php', 'main.py', 'wp-config.php', 'manage.py', 'main.go', 'Gemfile'])(
    'init writes no server of Node beside a backend with the file %s',
    async (file) => {
      const disk = projectOf('coze-chat-embed', { [file]: '' });
      expect((await initIn(disk)).output).toContain('Found: a backend in another language.');
      expect(disk).not.toHaveProperty(['server.mjs']);
    },
  );

  it('init names the sidecar for a backend in another language', async () => {
    const disk: Disk = { 'requirements.txt': 'flask' };
    const { output } = await initIn(disk);
    expect(Object.keys(disk).sort()).toEqual(['.env', '.env.example', '.gitignore', 'requirements.txt']);
    expect(output).toMatch(/node --env-file=\.env node_modules\/coze-chat-embed\/dist\/cli\.js serve[\s\S]*data-identity-token/);
    expect(disk['.env.example']).toContain('IDENTITY_SECRET=\n');
    expect(disk['.env']).toMatch(/IDENTITY_SECRET=[\da-f]{64}\n/);
  });

  it('init writes the handler as .mjs in a CommonJS project, and prints how both kinds of modules load it', async () => {
    const disk = { 'package.json': JSON.stringify({ type: 'commonjs', dependencies: { express: '5.0.0' } }) };
    const { output } = await initIn(disk);
    expect(disk).toHaveProperty(['coze-chat.mjs']);
    expect(output).toContain("import { cozeChat } from './coze-chat.mjs'; (in CommonJS: const { cozeChat } = require('./coze-chat.mjs')");
  });

  it('init writes a small server and a page when the project has no server', async () => {
    const disk: Disk = { 'package.json': '{ "dependencies": { "coze-chat-embed": "1.0.0" } }' };
    await initIn(disk);
    expect(disk['server.mjs']).toContain("import { cozeChat } from './coze-chat.mjs';");
    expect(disk['index.html']).toContain('<script src="/coze/embed.js" defer');
  });

  it('init creates a secret for the project in a file that git ignores', async () => {
    const disk = projectOf('express');
    await initIn(disk);
    expect(disk['.env.example']).toContain('VISITOR_COOKIE_SECRET=\n');
    expect(disk['.env']).toMatch(/VISITOR_COOKIE_SECRET=[\da-f]{64}\n/);
    expect(disk['.gitignore']).toBe('coze_oauth_config.json\n.env\n');
  });

  it('Git ignores the secret before init writes it', async () => {
    const changed: string[] = [];
    await type(['init'], {
      writeNewFile: (path) => Promise.resolve(changed.push(path) > 0),
      appendToFile: (path) => Promise.resolve(void changed.push(path)),
    });
    expect(changed[0]).toBe('.gitignore');
    expect(changed).toContain('.env');
  });

  it('init changes no existing file, and prints which ones exist', async () => {
    const disk = projectOf('express', { 'coze-chat.js': 'mine', '.env.example': 'MINE=1', '.env': 'MINE=2', '.gitignore': '/.env' });
    const { output } = await initIn(disk);
    expect([disk['coze-chat.js'], disk['.env.example'], disk['.env'], disk['.gitignore']]).toEqual([
      'mine',
      'MINE=1',
      'MINE=2',
      '/.env\ncoze_oauth_config.json\n',
    ]);
    expect(output.match(/is there already/g)).toHaveLength(3);
    expect(output).toContain('In .env: what .env.example has and it lacks');
    expect(output).not.toContain('To undo it');
    const before = { ...disk };
    await initIn(disk);
    expect(disk).toEqual(before);
  });

  it('The steps to undo init do not include lines that were in .gitignore before', async () => {
    const disk = projectOf('express', { '.gitignore': '.env\ncoze_oauth_config.json\n' });
    const { output } = await initIn(disk);
    expect(output).toContain('To undo it, delete coze-chat.js, .env.example, .env.\n');
  });

  it('init --dry-run changes nothing, and prints what it would do', async () => {
    const disk = projectOf('express', { '.env.example': 'MINE=1' });
    const before = { ...disk };
    const { output } = await initIn(disk, '--dry-run');
    expect(disk).toEqual(before);
    expect(output).toMatch(
      /Would add coze_oauth_config\.json and \.env to \.gitignore\nWould write coze-chat\.js\n\.env\.example is there already.*\nWould write \.env\n/,
    );
    expect(output).not.toContain('To undo it');
  });

  it.each([
    ['writeNewFile', 'EACCES', 'coze-chat.mjs could not be written: it may not be written to.'],
    ['writeNewFile', 'ENOTDIR', 'coze-chat.mjs could not be written: a file is in the way.'],
    ['appendToFile', 'EISDIR', '.gitignore could not be written: a folder is in the way.'],
    ['appendToFile', 'EIO', '.gitignore could not be written: the system refused.'],
  ])('init prints which file it could not write, and why: %s, %s', async (name, code, sentence) => {
    const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error(), { code }));
    const disk = { writeNewFile: () => Promise.resolve(true), appendToFile: () => Promise.resolve() };
    const { exitCode, errors } = await type(['init'], { ...disk, [name]: refuse });
    expect([exitCode, errors]).toEqual([1, `${sentence} What is said above was done.\n`]);
  });
});
