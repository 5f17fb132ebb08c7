/** `migrate` on the files of sites that use Coze's own client. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPTION_ADVICE } from '../../../src/cli/migrate/option-advice.js';
import { listPageFiles, rewriteFile } from '../../../src/cli/migrate/site-files.js';
import { findUnknownOptions, OPTION_TABLE } from '../../../src/webchatclient/option-table.js';
import { type Run, type } from './arrange.js';

const TOKEN = `pat_${'S3cret'.repeat(10)}`;
const KEY_BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'.repeat(3);
const CHINA = 'https://lf-cdn.coze.cn/obj/unpkg/flow-platform/chat-app-sdk/1.2.0-beta.20/libs/cn/index.js';
const OVERSEA = 'https://sf-cdn.coze.com/obj/unpkg-va/flow-platform/chat-app-sdk/1.2.0-beta.6/libs/oversea/index.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'coze-migrate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const read = (name: string): string => readFileSync(join(folder, name), 'latin1');

async function migrate(...args: readonly string[]): Promise<Run> {
  const run = await type(['migrate', folder, ...args], {
    listPageFiles,
    readBinaryFile: async (path) => readFileSync(path),
    rewriteFile,
  });
  expect(run.output + run.errors).not.toMatch(/S3cret|MIIEv/);
  return run;
}

const linesOf = ({ output }: Run): readonly string[] => output.split('\n').filter((line) => /:\d+: /.test(line));

const tutorial = (address = CHINA): string => `<!doctype html>\r
<script src="${address}"></script>\r
<script>\r
  new CozeWebSDK.WebChatClient({\r
    config: { bot_id: '7342866812345', isIframe: false },\r
    auth: {\r
      type: 'token',\r
      token: '${TOKEN}',\r
      onRefreshToken: () => '${TOKEN}',\r
    },\r
    userInfo: { id: 'user', nickname: 'User' },\r
  });\r
</script>\r
`;

describe('Migration of a site with Coze’s own client', () => {
  it('Without --write, migrate reports each finding with file and line, and changes nothing', async () => {
    put({ 'index.html': tutorial() });
    const run = await migrate();
    expect(linesOf(run)).toEqual([
      expect.stringMatching(
        /^index\.html:2: change: The script of Coze’s own client \(1\.2\.0-beta\.20, China\)\. Make its address \/coze\/webchatclient\.js\.$/,
      ),
      expect.stringMatching(/^index\.html:5: note: The option config\.isIframe\./),
      expect.stringMatching(/^index\.html:8: change: A personal access token.*Delete it in Coze.*without "auth" the token endpoint beside/),
      expect.stringMatching(/^index\.html:9: change: A personal access token.*Delete it in Coze/),
      expect.stringMatching(/^index\.html:11: note: The option userInfo\.id\./),
    ]);
    expect(run.output).toMatch(/^1 file: 3 to change, 0 changed, 2 to know\. --write/m);
    expect([run.exitCode, read('index.html')]).toEqual([1, tutorial()]);
  });

  it('With --write, migrate changes only the address and the tokens, and a second run changes nothing', async () => {
    put({ 'index.html': tutorial() });
    const run = await migrate('--write');
    expect(run.output).toMatch(/0 to change, 3 changed, 2 to know\./);
    const expected = tutorial()
      .replace(CHINA, '/coze/webchatclient.js')
      .replace(/ {4}auth: \{[^}]*\},\r\n/, '');
    expect([run.exitCode, read('index.html')]).toEqual([0, expected]);
    const again = await migrate('--write');
    expect([again.exitCode, read('index.html')]).toEqual([0, expected]);
    expect(linesOf(again)).toEqual(
      linesOf(run)
        .filter((line) => line.includes(': note: '))
        .map((line) => line.replace(':11:', ':6:')),
    );
  });

  it('With --write, the report separates changes that were made from steps that are left to the author', async () => {
    put({ 'index.html': tutorial(OVERSEA) });
    const lines = linesOf(await migrate('--write')).filter((line) => line.includes(': changed: '));
    expect(lines).toEqual([
      expect.stringMatching(/The address is now \/coze\/webchatclient\.js, with data-api-base-url="https:\/\/api\.coze\.com"\.$/),
      ...Array(2).fill(expect.stringMatching(/It was taken out of the file; without "auth" .* Left to you: delete it in Coze’s console/)),
    ]);
    expect(lines.join('\n')).not.toMatch(/Make its|Take it out/);
  });

  it.each([
    [`{ config: {}, auth: { type: 'token', token: '${TOKEN}' } }`, '{ config: {} }'],
    [`{ auth: { token: "${TOKEN}", type: "token" }, config: {} }`, '{ config: {} }'],
    [`{\n  config: {},\n  auth: {\n    token: '${TOKEN}',\n  }\n}`, '{\n  config: {},\n}'],
    [`{\n\tauth: { token: '${TOKEN}' }, // as in the tutorial\n\tconfig: {},\n}`, '{\n\t// as in the tutorial\n\tconfig: {},\n}'],
    [`{ auth: { onRefreshToken: async () => '${TOKEN}' } }`, '{ }'],
    [`{ auth: { onRefreshToken: (): Promise<string> => Promise.resolve('${TOKEN}') } }`, '{ }'],
    [`{ auth: { onRefreshToken: function () { return '${TOKEN}'; } } }`, '{ }'],
    [`{ auth: { async onRefreshToken() {\n return '${TOKEN}';\n } } }`, '{ }'],
    // The other members are kept.
    [
      `{ auth: { token: '${TOKEN}', connectorId: '1024', onRefreshToken: () => '${TOKEN}' } }`,
      "{ auth: { tokenEndpoint: '/coze/token', connectorId: '1024' } }",
    ],
    [
      `{ auth: { onRefreshToken: () => '${TOKEN}', connectorId: '1024' } }`,
      "{ auth: { tokenEndpoint: '/coze/token', connectorId: '1024' } }",
    ],
    [`{ auth: { /* ours */ token: '${TOKEN}' } }`, "{ auth: { /* ours */ tokenEndpoint: '/coze/token' } }"],
    [`{ auth: { ...rest, token: '${TOKEN}' } }`, "{ auth: { ...rest, tokenEndpoint: '/coze/token' } }"],
    [`{ auth: { token: \`${TOKEN}\` } as Auth }`, '{ auth: { tokenEndpoint: `/coze/token` } as Auth }'],
    [`{ auth: { tokenEndpoint: '/t', token: '${TOKEN}', onRefreshToken: () => '${TOKEN}' } }`, "{ auth: { tokenEndpoint: '/t',  } }"],
    [
      `{ auth: { token: '${TOKEN}', onRefreshToken: () => ask() } }`,
      "{ auth: { tokenEndpoint: '/coze/token', onRefreshToken: () => ask() } }",
    ],
  ])('A client with the options %j gets the options %j', async (before, after) => {
    const call = (options: string): string => `const client = new CozeWebSDK.WebChatClient(${options});\nclient.showChatBot();\n`;
    put({ 'chat.ts': call(before) });
    const run = await migrate('--write');
    expect([run.exitCode, read('chat.ts')]).toEqual([0, call(after)]);
    expect((await migrate()).exitCode).toBe(0);
  });

  it.each([
    `{ auth: { onRefreshToken: () => { report(); return '${TOKEN}'; } } }`,
    `{ auth: { onRefreshToken: () => signedIn ? ask() : '${TOKEN}' } }`,
    `{ auth: { token: '${TOKEN}' + suffix } }`,
    `{ auth: { token: '${TOKEN}' /* of the shop */ } }`,
    `{ extra: { key: '${TOKEN}' } }`,
  ])('A client with the options %j is not changed, and --write is not offered', async (options) => {
    const text = `new CozeWebSDK.WebChatClient(${options});`;
    put({ 'chat.js': text });
    expect((await migrate()).output).not.toContain('--write');
    const run = await migrate('--write');
    expect([run.exitCode, read('chat.js')]).toEqual([1, text]);
    expect(run.output).toMatch(/chat\.js:1: change: A personal access token/);
  });

  it('A token is replaced by the token endpoint that --token-endpoint or --script gives', async () => {
    const call = (auth: string): string => `new CozeWebSDK.WebChatClient({ auth: { ${auth} } });`;
    put({ 'chat.js': call(`type: 'token', onRefreshToken: () => '${TOKEN}'`) });
    await migrate('--write', '--token-endpoint', '/api/token');
    expect(read('chat.js')).toBe(call("type: 'token', tokenEndpoint: '/api/token'"));
    put({ 'chat.js': call(`token: '${TOKEN}'`) });
    await migrate('--write', '--script', 'https://cdn.example/chat/webchatclient.js');
    expect(read('chat.js')).toBe(call("tokenEndpoint: '/chat/token'"));
  });

  it('Each of two scripts and two clients in one file is changed once', async () => {
    const text = (address: string, auth: string): string =>
      `${`load('${address}');\n`.repeat(2)}${`new WebChatClient({ auth: {${auth} }, config: {} });\n`.repeat(2)}`;
    put({ 'chat.js': text(CHINA, ` onRefreshToken: () => '${TOKEN}'`) });
    await migrate('--write', '--token-endpoint', '/api/token');
    expect(read('chat.js')).toBe(text('/coze/webchatclient.js', " tokenEndpoint: '/api/token'"));
    put({ 'chat.js': text(CHINA, ' connectorId: "1"') });
    await migrate('--write', '--token-endpoint', '/api/token');
    expect(read('chat.js')).toBe(text('/coze/webchatclient.js', ' tokenEndpoint: \'/api/token\', connectorId: "1"'));
  });

  it('A script tag from outside of China gets the API of that region as an attribute', async () => {
    put({ 'index.html': tutorial(OVERSEA) });
    await migrate('--write', '--script', '/chat/webchatclient.js', '--token-endpoint', '/api/token');
    const [, line = ''] = read('index.html').split('\r\n');
    expect(line).toBe(
      '<script src="/chat/webchatclient.js" data-api-base-url="https://api.coze.com" data-token-endpoint="/api/token"></script>',
    );
    expect(read('index.html')).toContain("tokenEndpoint: '/api/token'");
  });

  it.each([
    [
      'src/App.jsx',
      'useEffect(() => { const script = document.createElement("script"); script.src = "ADDRESS"; script.onload = () => new window.CozeWebSDK.WebChatClient({ config: { bot_id: "1" } }); }, []);',
    ],
    [
      'src/Chat.vue',
      "<script setup>\nonMounted(() => { script.src = 'ADDRESS'; script.onload = () => { new CozeWebSDK.WebChatClient({ config: { bot_id: '1' } }) } })\n</script>",
    ],
    ['src/chat.svelte', '<script src="ADDRESS" on:load={() => new CozeWebSDK.WebChatClient({ config: { bot_id: "1" } })}></script>'],
    ['pages/index.astro', '<script is:inline src="ADDRESS"></script>'],
    ['wp/footer.php', '<?php ?><script async src="ADDRESS"></script>'],
    ['docs/page.mdx', '<Script src="ADDRESS" />'],
    ['src/use-chat.ts', 'loadScript(`ADDRESS`).then(() => new window.CozeWebSDK!.WebChatClient({ config: { bot_id: "1" } }));'],
  ])('Only the address changes in %s', async (name, template) => {
    put({ [name]: template.replace('ADDRESS', CHINA) });
    expect((await migrate('--write')).exitCode).toBe(0);
    expect(read(name)).toBe(template.replace('ADDRESS', '/coze/webchatclient.js'));
  });

  it('A script from outside of China that a function loads gets the region in the options of the client', async () => {
    const template = (address: string, added: string): string =>
      `script.src = '${address}'; script.onload = () => { new window.CozeWebSDK.WebChatClient({ config: {${added} bot_id: '1' } }); };`;
    put({ 'chat.js': template(OVERSEA, ''), 'elsewhere.js': `script.src = '${OVERSEA}';` });
    const run = await migrate('--write');
    expect(read('chat.js')).toBe(template('/coze/webchatclient.js', " apiBaseUrl: 'https://api.coze.com',"));
    // The file contains no client to which the region could be added.
    expect([run.exitCode, read('elsewhere.js')]).toEqual([1, `script.src = '${OVERSEA}';`]);
  });

  it('A script from outside of China whose client has an API address of its own is reported, but not changed', async () => {
    const content = `script.src = '${OVERSEA}'; new CozeWebSDK.WebChatClient({ config: { bot_id: '1', apiBaseUrl: 'https://proxy.example' } });`;
    put({ 'chat.js': content });
    const run = await migrate('--write');
    expect([run.exitCode, read('chat.js')]).toEqual([1, content]);
    expect(linesOf(run)).toContainEqual(expect.stringContaining('give the client config: { apiBaseUrl'));
  });

  it.each([
    'new WebChatClient(',
    'new window.CozeWebSDK?.WebChatClient(',
    'new window.CozeWebSDK!.WebChatClient(',
    'new (window as any).CozeWebSDK.WebChatClient(',
    'new (window as unknown as { CozeWebSDK: any }).CozeWebSDK.WebChatClient(',
    'new (window as any)?.CozeWebSDK!.WebChatClient(',
    'new(globalThis as any).CozeWebSDK.WebChatClient(',
    "new window['CozeWebSDK'].WebChatClient(",
  ])('A client in TypeScript syntax is found: %s', async (call) => {
    const template = (address: string, config: string, auth: string): string =>
      `script.src = '${address}'; script.onload = () => ${call}{ config: {${config} bot_id: '1' }${auth} });`;
    put({ 'chat.tsx': template(OVERSEA, '', `, auth: { type: 'token', token: '${TOKEN}' }`) });
    await migrate('--write');
    expect(read('chat.tsx')).toBe(template('/coze/webchatclient.js', " apiBaseUrl: 'https://api.coze.com',", ''));
  });

  it('Digests, divided addresses, tokens elsewhere, keys and packages are reported, but not changed', async () => {
    const files = {
      'digest.html': `<script src="${CHINA}" integrity="sha384-x"></script>`,
      'parts.js': "load('https://lf-cdn.coze.cn/obj/unpkg/flow-platform/chat-app-sdk/' + version + '/libs/cn/index.js');",
      'server.js': `const client = new CozeAPI({ token: '${TOKEN}' });`,
      'key.ts': `const key = \`-----BEGIN PRIVATE KEY-----\n${KEY_BODY}\n-----END PRIVATE KEY-----\`;`,
      'package.json': '{ "dependencies": { "@coze/chat-sdk": "0.1.11" } }',
      'variable.js':
        "new CozeWebSDK.WebChatClient({ config: { bot_id: '1' }, auth: { type: 'token', token: TOKEN, onRefreshToken() { return TOKEN; } } });",
      'shorthand.js': "new CozeWebSDK.WebChatClient({ config, auth: { type: 'token', token, onRefreshToken: () => token }, ui });",
      'function.js': `new CozeWebSDK.WebChatClient({ auth: { onRefreshToken: () => ask('${TOKEN}') } });`,
    };
    put(files);
    const run = await migrate('--write');
    expect(run.exitCode).toBe(1);
    for (const [name, content] of Object.entries(files)) expect(read(name)).toBe(content);
    expect(linesOf(run)).toEqual([
      expect.stringMatching(/^digest\.html:1: change: .*take out integrity/),
      expect.stringMatching(/^function\.js:1: note: The option auth\.onRefreshToken/),
      expect.stringMatching(/^function\.js:1: change: A personal access token in the call/),
      expect.stringMatching(/^key\.ts:1: change: A private key\./),
      expect.stringMatching(/^package\.json:1: change: Coze’s own client as a package\./),
      expect.stringMatching(/^parts\.js:1: change: The address of Coze’s own client, or a part of it\./),
      expect.stringMatching(/^server\.js:1: change: A personal access token\./),
      expect.stringMatching(/^shorthand\.js:1: change: The option auth\.token\./),
      expect.stringMatching(/^shorthand\.js:1: note: The option auth\.onRefreshToken\./),
      expect.stringMatching(/^variable\.js:1: change: The option auth\.token\./),
      expect.stringMatching(/^variable\.js:1: note: The option auth\.onRefreshToken\./),
    ]);
  });

  it('Secrets are reported in variables that a build tool puts into the page, but not in those of the server', async () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${KEY_BODY}\n-----END PRIVATE KEY-----`;
    const files = {
      '.env': `# tokens\nVITE_COZE_TOKEN=${TOKEN}\nCOZE_TOKEN=${TOKEN}\nVITE_TITLE=chat\n# COZE_TOKEN=${TOKEN}\n`,
      'app/.env.local': `COZE_KEY="${key}"\n  export NEXT_PUBLIC_KEY = "${key}"\r\nREACT_APP_TITLE=chat\n`,
      '.environment': `VITE_COZE_TOKEN=${TOKEN}`,
    };
    put(files);
    const run = await migrate('--write');
    expect(run.exitCode).toBe(1);
    for (const [name, content] of Object.entries(files)) expect(read(name)).toBe(content);
    expect(linesOf(run)).toEqual([
      expect.stringMatching(/^\.env:2: change: A personal access token in a variable that the build tool puts into the page\./),
      expect.stringMatching(/^app\/\.env\.local:4: change: A private key in a variable that the build tool puts into the page\./),
    ]);
    expect(run.output).not.toContain(TOKEN);
  });

  it('A changed file keeps bytes that are not UTF-8, its byte order mark and its mode', async () => {
    const [before, after] = [Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xc3, 0x28, 0x0a]), Buffer.from([0x0d, 0xa0, 0xe4])];
    put({ 'page.php': Buffer.concat([before, Buffer.from(`<script src='${CHINA}'></script>`), after]) });
    chmodSync(join(folder, 'page.php'), 0o755);
    await migrate('--write');
    const expected = Buffer.concat([before, Buffer.from("<script src='/coze/webchatclient.js'></script>"), after]);
    expect(readFileSync(join(folder, 'page.php')).equals(expected)).toBe(true);
    expect(statSync(join(folder, 'page.php')).mode & 0o777).toBe(0o755);
  });

  it('Installed, built, linked, large, binary and unrelated files are ignored', async () => {
    const line = `<script src="${CHINA}"></script>`;
    put({
      'node_modules/x/index.js': line,
      '.git/x.html': line,
      'dist/index.html': line,
      'app/.next/page.js': line,
      'notes.txt': line,
      'large.html': line.padEnd(2 * 1024 * 1024 + 1),
      'picture.js': `\0${line}`,
      'src/page.html': line,
    });
    symlinkSync(join(folder, 'dist'), join(folder, 'linked'));
    symlinkSync(join(folder, 'dist/index.html'), join(folder, 'linked.html'));
    expect(linesOf(await migrate('--write')).map((found) => found.split(':')[0])).toEqual(['src/page.html']);
    expect(read('dist/index.html')).toBe(line);
  });

  it('A site without Coze’s own client has nothing to change', async () => {
    put({ 'index.html': '<script src="/coze/embed.js"></script>', 'about.md': 'A pat_ is a personal access token of CozeWebSDK.' });
    const run = await migrate();
    expect([run.exitCode, linesOf(run)]).toEqual([0, []]);
  });
});

describe('Command migrate', () => {
  it('migrate reports a folder that cannot be read', async () => {
    const run = await type(['migrate', join(folder, 'nowhere')], { listPageFiles });
    expect([run.exitCode, run.output, run.errors]).toEqual([1, '', expect.stringMatching(/^The folder cannot be read\./)]);
  });

  it('migrate examines the files beside one whose name is not UTF-8, and reports that one as not read', async () => {
    const line = `<script src="${CHINA}"></script>`;
    put({ 'sub/产品（一）.html': line });
    // "首页.html" in GBK, as archives from Windows have it.
    const name = Buffer.from('cad7d2b32e68746d6c', 'hex');
    for (const path of ['', 'sub/']) writeFileSync(Buffer.concat([Buffer.from(join(folder, path, '/')), name]), line);
    const lines = linesOf(await migrate());
    expect(lines.filter((found) => found.includes('The file cannot be read.'))).toHaveLength(2);
    expect(lines.filter((found) => found.startsWith('sub/产品（一）.html:1: change'))).toHaveLength(1);
  });

  it('migrate reports a file that cannot be written as not changed', async () => {
    put({ 'index.html': `<script src="${CHINA}"></script>` });
    const run = await type(['migrate', folder, '--write'], {
      listPageFiles,
      readBinaryFile: async (path) => readFileSync(path),
      rewriteFile: () => Promise.reject(new Error('EACCES')),
    });
    expect([run.exitCode, run.output]).toEqual([1, expect.stringMatching(/The file cannot be written\.[\s\S]*2 to change, 0 changed/)]);
  });

  it.each([
    [['migrate']],
    [['migrate', 'one', 'two']],
    [['migrate', 'one', '--script', `"><script>`]],
    [['migrate', 'one', '--script', 'webchatclient.js']],
    [['migrate', 'one', '--token-endpoint', "'+evil+'"]],
  ])('The arguments %j are refused with exit code 2', async (args) => {
    expect((await type(args)).exitCode).toBe(2);
  });

  it('There is advice for each option that has no effect, and only for options of Coze’s client', () => {
    const options = Object.keys(OPTION_TABLE);
    expect(Object.keys(OPTION_ADVICE).filter((path) => !options.includes(path))).toEqual([]);
    const reasons = options.filter((path) => typeof OPTION_TABLE[path] === 'string');
    expect(reasons.filter((path) => OPTION_ADVICE[path] === undefined)).toEqual([]);
  });

  it.each([
    [
      'nested brackets',
      'new WebChatClient({ ui: { chatBot: { onShow: () => { if ("}") { f({ a: [1, "]"] }); } }, title: `a ${b} }` } }, userInfo: { id: x } })',
      ['userInfo.id'],
    ],
    ['comments', 'new CozeWebSDK.WebChatClient({ // config: { isIframe: 1 }\n /* } */ config: { isIframe: true } })', ['config.isIframe']],
    ['names in quotes', `new CozeWebSDK.WebChatClient({ "config": { 'isIframe': true } })`, ['config.isIframe']],
    ['no end', 'new CozeWebSDK.WebChatClient({ config: { isIframe: "', ['config.isIframe']],
    ['a variable', 'new CozeWebSDK.WebChatClient(options)', []],
  ])('migrate reads a call with %s', async (_, call, paths) => {
    put({ 'chat.js': call });
    const found = linesOf(await migrate()).map((line) => /The option ([\w.]+)\./.exec(line)?.[1]);
    expect(found).toEqual(paths);
  });

  it.each([
    [{ ui: { chatBot: { lang: 'en' } } }, ['There is no option ui.chatBot.lang. Perhaps ui.base.lang was meant.']],
    [{ ui: { chatBot: { titel: 'Help' } } }, ['There is no option ui.chatBot.titel. Take it out: it has no effect.']],
    [{ uploadable: false }, ['There is no option uploadable. Perhaps ui.chatBot.uploadable was meant.']],
    [{ theme: { colours: { dark: true } } }, ['There is no option theme. Take it out: it has no effect.']],
    // An option's value may have members of any name.
    [{ config: { botInfo: { parameters: { plan: { name: 'gold' } } } }, ui: { footer: { linkvars: { terms: { text: 'T' } } } } }, []],
  ])('migrate has a note for each unknown option in %j, like the console of the page', async (options, notes) => {
    put({ 'chat.js': `new WebChatClient(${JSON.stringify(options)})` });
    const lines = linesOf(await migrate());
    expect(lines).toEqual(notes.map((note) => `chat.js:1: note: ${note}`));
    expect(findUnknownOptions(options).map((path) => `There is no option ${path}.`)).toEqual(
      notes.map((note) => note.split('. ')[0] + '.'),
    );
  });

  it('migrate does not report a token in place of an option’s name as an unknown option', async () => {
    put({ 'chat.js': `new WebChatClient({ '${TOKEN}': '', auth: { "${TOKEN}": 1 } })` });
    expect((await migrate()).output).not.toContain('There is no option');
  });

  it('migrate knows each option of Coze’s client', async () => {
    put({
      'chat.js': Object.keys(OPTION_TABLE)
        .map(
          (path) =>
            `new WebChatClient(${path
              .split('.')
              .map((name) => `{ ${name}: `)
              .join('')}x${' }'.repeat(path.split('.').length)});`,
        )
        .join('\n'),
    });
    expect((await migrate()).output).not.toContain('There is no option');
  });

  it('migrate names a chapter of the documentation that is part of the package', async () => {
    put({ 'index.html': tutorial() });
    const [, first = '', second = '', snippet = ''] =
      /(README\.md) \(or (README\.\S+\.md)\) of coze-chat-embed, under "([^"]+)"/.exec((await migrate()).output) ?? [];
    for (const name of [first, second]) {
      const headings = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('## '));
      expect(headings).toContainEqual(expect.stringContaining(snippet));
    }
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[], boolean]>([
    ['have no sign', {}, [], true],
    ['have the handler', { 'server/coze-chat.mjs': 'export const cozeChat = createCozeChat({});' }, [], false],
    ['have the endpoint alone', { 'api/token.ts': 'export default createTokenEndpoint({ oauth });' }, [], false],
    ['start the sidecar', { 'package.json': '{ "scripts": { "chat": "coze-chat-embed serve" } }' }, [], false],
    ['have none, but the command line names an endpoint', {}, ['--token-endpoint', '/api/token'], false],
    ['already have the new address', { 'index.html': '<script src="/coze/webchatclient.js"></script>' }, [], true],
    ['have no chat', { 'index.html': '<p>Hello</p>' }, [], false],
  ])(
    'migrate says that the server part is missing only if the files have no sign of it: the files %s',
    async (_, files, args, isMissing) => {
      put({ 'index.html': tutorial(), ...files });
      for (const run of [await migrate(...args), await migrate('--write', ...args)])
        expect(run.output.includes('Then mount createCozeChat on your server: npx coze-chat-embed init')).toBe(isMissing);
    },
  );

  it('migrate takes less than five seconds for text that is made to be slow', async () => {
    const slow = [
      'new '.repeat(40_000),
      `new WebChatClient(${'{a:'.repeat(20_000)}`,
      `<script ${' '.repeat(300_000)}`,
      `"pat_${'a'.repeat(300_000)}`,
      `new WebChatClient({${'a'.repeat(300_000)}`,
    ];
    put(Object.fromEntries(slow.map((text, index) => [`slow-${index}.js`, text])));
    const begun = performance.now();
    await migrate('--write');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
