/** The package as users install it: packed, unpacked into a project with only its declared dependencies, and started by its name. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type * as cem from 'custom-elements-manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../demo/coze-stand-in/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

interface PackageJson {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

let project: string;
let coze: CozeStandIn;

/** Like `npm install`, but without a registry: the dependencies are copied from this project. */
async function install(): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], { cwd: ROOT });
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
  const modules = join(project, 'node_modules');
  const installed = join(modules, 'coze-chat-embed');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components', '1']);

  const { bin, dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as PackageJson;
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
  await mkdir(join(modules, '.bin'));
  for (const [name, path] of Object.entries(bin)) {
    await chmod(join(installed, path), 0o755);
    await symlink(join(installed, path), join(modules, '.bin', name));
  }
  await writeFile(join(project, 'package.json'), '{"type": "module", "private": true}');
}

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const start = (command: string, args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) =>
    execFile(command, args, { cwd: project }, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  );

const doctor = (...args: readonly string[]): Promise<Outcome> => start('npx', ['--no-install', 'coze-chat-embed', 'doctor', ...args]);

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly id: string; readonly status: string; readonly explanation: string }[];
}
const reportIn = ({ stdout }: Outcome): Report => JSON.parse(stdout) as Report;
const failedIn = (report: Report): readonly string[] => report.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'coze-package-'));
  coze = await startCozeStandIn();
  await install();
  await writeFile(join(project, 'coze_oauth_config.json'), JSON.stringify(coze.oauthConfig));
});
afterAll(async () => {
  await coze.stop();
  await rm(project, { recursive: true });
});

describe('Doctor of the installed package', () => {
  it('The doctor accepts a correct setup, proves that two visitors are separate, and shows no secret', async () => {
    const outcome = await doctor('--config', 'coze_oauth_config.json', '--bot-id', coze.botId, '--json');
    const report = reportIn(outcome);
    expect([outcome.exitCode, report.ok, failedIn(report)]).toEqual([0, true, []]);
    const isolation = report.checks.filter(({ id }) => id.startsWith('isolation'));
    expect(isolation.map(({ id, status }) => [id, status])).toEqual([
      ['isolation-list', 'ok'],
      ['isolation-messages', 'ok'],
    ]);
    expect(new Set(coze.requests.flatMap(({ sessionName }) => sessionName ?? [])).size).toBeGreaterThanOrEqual(2);
    const material = coze.oauthConfig.private_key.match(/[A-Za-z0-9+/]{16,}/g) ?? [];
    expect(material.filter((text) => outcome.stdout.includes(text))).toEqual([]);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/czs_|eyJ|BEGIN/);
  });

  it('The doctor explains what is wrong, with an exit code for scripts', async () => {
    const withoutKey = { ...coze.oauthConfig, private_key: 'private_key.pem' };
    await writeFile(join(project, 'wrong.json'), JSON.stringify(withoutKey));
    const wrong = await doctor('--config', 'wrong.json');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toMatch(/not a PEM key/);
    const misspelt = await doctor('--confg', 'wrong.json');
    expect([misspelt.exitCode, misspelt.stdout]).toEqual([2, '']);
    expect(misspelt.stderr).toMatch(/option that does not exist/);
  });

  it('The doctor finds every mistake of a careless endpoint', async () => {
    const endpoint = await startCarelessEndpoint();
    try {
      const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/api/coze/token`;
      const outcome = await doctor('--endpoint', url, '--as', 'Cookie: session=alice', '--as', 'Cookie: session=bob', '--json');
      const report = reportIn(outcome);
      expect([outcome.exitCode, report.ok]).toEqual([1, false]);
      expect(failedIn(report)).toEqual(
        expect.arrayContaining(['endpoint-method', 'endpoint-cors', 'endpoint-cache', 'endpoint-identity', 'endpoint-subjects']),
      );
      expect(outcome.stdout).not.toMatch(/czs_|session=/);
    } finally {
      endpoint.closeAllConnections();
      await new Promise((resolve) => endpoint.close(resolve));
    }
  });
});

/** Accepts GET, allows every origin and every cache, trusts `user_id`, and has one identity for all signed-in visitors. */
async function startCarelessEndpoint(): Promise<Server> {
  let issued = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const user = /"user_id":"([^"]*)"/.exec(text)?.[1] ?? 'everybody';
      response.writeHead(200, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=60',
      });
      response.end(JSON.stringify({ access_token: `czs_${++issued}`, expires_in: 3600, subject: `subject-of-${user}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

it('The installed package lists the digest of every file that a browser may load', async () => {
  const dist = join(project, 'node_modules/coze-chat-embed/dist');
  const reported = JSON.parse(await readFile(join(dist, 'integrity.json'), 'utf8')) as Record<string, string>;
  expect(Object.keys(reported)).toEqual(expect.arrayContaining(['define.js', 'embed.js', 'index.js']));
  expect(Object.keys(reported).join()).not.toMatch(/\b(?:server|cli)\b/);
  const frameFiles = (await readdir(join(dist, 'frame'))).filter((name) => name !== 'assets');
  expect(frameFiles.every((name) => /^[a-z-]+-[\w-]{8}\.(?:js|css)$/.test(name) && `frame/${name}` in reported)).toBe(true);
  for (const [name, integrity] of Object.entries(reported)) {
    const digest = createHash('sha384').update(await readFile(join(dist, name)));
    expect(integrity, name).toBe(`sha384-${digest.digest('base64')}`);
  }
});

it('The installed package copies its frame to a site’s folder, also repeatedly', async () => {
  const copy = (...phrase: readonly string[]): Promise<Outcome> => start('npx', ['--no-install', 'coze-chat-embed', 'copy', ...phrase]);
  const [first, again] = [await copy('public/coze-chat-embed'), await copy('public/coze-chat-embed')];
  expect([first.exitCode, again.exitCode, again.stdout]).toEqual([0, 0, first.stdout]);
  expect(first.stdout).toMatch(/^Copied \d\d files to public\/coze-chat-embed\..* frame-src="\/coze-chat-embed\/"/);
  const filesIn = async (folder: string) => (await readdir(join(project, folder), { recursive: true })).sort();
  expect(await filesIn('public/coze-chat-embed')).toEqual(await filesIn('node_modules/coze-chat-embed/dist/frame'));
  const blocked = await copy('package.json');
  expect([blocked.exitCode, blocked.stdout]).toEqual([1, '']);
  expect(blocked.stderr).toContain('Nothing could be copied to package.json: a file is in the way.');
});

it('The installed package has the server part, its helpers for Node and the contract', async () => {
  const program = `
    import { createTokenEndpoint } from 'coze-chat-embed/server';
    import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';
    import contract from 'coze-chat-embed/openapi.json' with { type: 'json' };
    const endpoint = createTokenEndpoint({ oauth: readCozeOAuthConfig('coze_oauth_config.json'), identify: () => ({ id: 'alice' }) });
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const answer = await endpoint(new Request('https://site.example/api/coze/token', { method: 'POST', headers, body: '{}' }));
    console.log(answer.status, contract.openapi, Object.keys(await answer.json()).join());
  `;
  await writeFile(join(project, 'server.js'), program);
  const { exitCode, stdout } = await start(process.execPath, ['server.js']);
  expect([exitCode, stdout.trim()]).toEqual([0, '200 3.1.0 access_token,token_type,expires_in,expires_at,subject']);
});

it('The installed package names the path at which a configuration is missing', async () => {
  const program = `
    import { readCozeOAuthConfig } from 'coze-chat-embed/server/node';
    try { readCozeOAuthConfig('nowhere.json'); } catch (error) { console.log(error.message); }
  `;
  await writeFile(join(project, 'unread.js'), program);
  expect((await start(process.execPath, ['unread.js'])).stdout).toContain(join(await realpath(project), 'nowhere.json'));
});

it.each([
  ['serve', ['--stand-in', '--port', '0'], /Your chat: http:\/\/localhost:(\d+)/, '/coze/embed.js'],
  ['stand-in', ['--port', '0', '--config', 'stand-in.json'], /data-api-base-url="http:\/\/127\.0\.0\.1:(\d+)"/, '/v1/conversations'],
])('The installed package has the program %s, which ends on SIGTERM', async (name, args, address, path) => {
  const program = spawn(process.execPath, ['node_modules/coze-chat-embed/dist/cli.js', name, ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  let printed = '';
  program.stdout.on('data', (text) => (printed += String(text)));
  await expect.poll(() => printed).toMatch(address);
  const [, port] = address.exec(printed) ?? [];
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  expect(response.status).toBe(name === 'serve' ? 200 : 401);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('The installed package’s program ends without an error when its output is closed, as by "| head"', async () => {
  const program = spawn(process.execPath, ['node_modules/coze-chat-embed/dist/cli.js', 'init', '--dry-run'], { cwd: project });
  program.stdout.destroy();
  let printed = '';
  program.stderr.on('data', (text) => (printed += String(text)));
  const [exitCode] = (await once(program, 'close')) as [number | null];
  expect([exitCode, printed]).toEqual([0, '']);
});

it('The installed package writes a handler that works unchanged, and does not overwrite it', async () => {
  const init = () => start('npx', ['--no-install', 'coze-chat-embed', 'init']);
  const first = await init();
  expect([first.exitCode, first.stdout]).toEqual([0, expect.stringMatching(/Added .*\nWrote coze-chat\.js\n(?:Wrote .*\n)*Wrote \.env\n/)]);
  expect((await init()).stdout).toContain('coze-chat.js is there already, and was left alone.');
  const program = `
    const { cozeChat } = await import('./coze-chat.js');
    await cozeChat.ready();
    const ask = (path, init) => cozeChat(new Request('https://site.example/coze/' + path, init));
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const token = await ask('token', { method: 'POST', headers, body: '{}' });
    const script = await ask('embed.js', { headers: { 'accept-encoding': 'br' } });
    console.log(token.status, script.status, script.headers.get('content-encoding'));
  `;
  await writeFile(join(project, 'try.js'), program);
  const { exitCode, stdout } = await start(process.execPath, ['--env-file=.env', 'try.js']);
  expect([exitCode, stdout.trim()]).toEqual([0, '200 200 br']);
});

it('The installed package describes the element for editors and other tools, in the files that package.json names', async () => {
  const installed = join(project, 'node_modules/coze-chat-embed');
  const reported = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Readonly<
    Record<'customElements' | 'web-types', string>
  >;
  const manifest = JSON.parse(await readFile(join(installed, reported.customElements), 'utf8')) as cem.Package;
  for (const { path } of manifest.modules) await access(join(installed, path));
  const names = ['web-types.json', 'vscode.html-custom-data.json', 'vscode.css-custom-data.json'];
  for (const name of names) expect(await readFile(join(installed, 'dist', name), 'utf8')).toContain('coze-chat');
  expect(names).toContain(reported['web-types'].replace('./dist/', ''));
});
