import { describe, expect, it } from 'vitest';
import { type } from './arrange.js';

const CANARY = 'CANARY7f3a';
const endpoint = ['--endpoint', 'https://shop.example/token'];

describe('Command line', () => {
  it.each([['--help'], ['doctor', '--help'], ['-h']])('The command line prints its usage for %s %s', async (...args) => {
    const { exitCode, output, errors } = await type(args.filter(Boolean));
    expect(exitCode).toBe(0);
    expect(output).toMatch(/Usage[\s\S]*--config[\s\S]*Exit code/);
    expect(errors).toBe('');
  });

  it('--help explains the given command, or all commands without one', async () => {
    const all = (await type(['--help'])).output;
    const doctor = (await type(['doctor', '--help'])).output;
    const serve = (await type(['serve', '--help'])).output;
    for (const name of ['init', 'serve', 'stand-in', 'copy', 'migrate', 'doctor']) expect(all).toContain(`\n${name}: `);
    expect(doctor).not.toMatch(/stand-in|migrate/);
    expect(serve).not.toContain('doctor');
    expect(serve).toMatch(/--port PORT {6}3000 unless given, with a page[^]*PORT {19}8080 unless given/);
  });

  it.each<[string, readonly string[]]>([
    ['doctor', ['doctor', '--config', 'config.json', '--bot-id', '1/2']],
    ['doctor', ['doctor', '--endpoint', 'shop.example/token']],
    ['doctor', ['doctor', '--cnofig', 'config.json']],
    ['stand-in', ['stand-in', '--port', 'x']],
    ['serve', ['--port', 'x', 'serve']],
  ])('The error about wrong options contains only the usage of %s: %j', async (name, args) => {
    const { errors } = await type(args);
    const usages = [...errors.matchAll(/npx coze-chat-embed ([\w-]+)/g)].map(([, command]) => command);
    expect(new Set(usages)).toEqual(new Set([name]));
    expect(errors.split('\n').length).toBeLessThan(10);
    expect(errors).toContain(`"npx coze-chat-embed ${name} --help" explains the options.`);
  });

  it.each(['init', 'serve', 'stand-in', 'copy', 'migrate', 'doctor'])('Each option that --help lists for %s is accepted', async (name) => {
    const { output } = await type([name, '--help']);
    const options = [...output.matchAll(/^ {2}(--[\w-]+)(?: ([A-Z]+))?/gm)].map(([, option, value]) => [option, value ?? '']);
    for (const [option, value] of options) {
      const { errors } = await type([name, option ?? '', ...(value === '' ? [] : ['']), 'one', 'two']);
      expect(errors, option).not.toMatch(/has no option|does not exist/);
    }
  });

  it('The error about an unknown command contains the usage of each command', async () => {
    const { errors } = await type(['cure']);
    expect(errors.match(/^ {2}npx coze-chat-embed [\w-]+/gm)).toHaveLength(7);
    expect(errors.split('\n').length).toBeLessThan(16);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no command', [], /The commands are "init", "serve"/],
    ['an unknown command', ['cure'], /The commands are "init", "serve"/],
    ['a copy without a folder', ['copy'], /takes one folder/],
    ['a copy to two folders', ['copy', CANARY, CANARY], /takes one folder/],
    ['a copy with an option of the doctor', ['copy', CANARY, '--json'], /no option/],
    ['a migration with --dry-run', ['migrate', CANARY, '--write', '--dry-run'], /"migrate" has no option --dry-run/],
    ['a config for init', ['init', '--config', CANARY], /"init" has no option --config/],
    ['a pace for serve', ['serve', '--stand-in', '--pace', '1'], /"serve" has no option --pace/],
    ['a doctor without anything to examine', ['doctor'], /Give --config, --endpoint or --site/],
    ['a bot without a config and an endpoint', ['doctor', '--site', 'public', '--bot-id', '1'], /--bot-id needs --config or --endpoint/],
    [
      'the same id for the bot and the other bot',
      ['doctor', ...endpoint, '--bot-id', '1', '--other-bot-id', '1'],
      /--other-bot-id must be/,
    ],
    ['an API that is no URL', ['doctor', ...endpoint, '--upstream', CANARY], /--upstream must be a URL/],
    ['an API without an endpoint', ['doctor', '--site', 'public', '--upstream', 'https://api.coze.cn'], /--upstream .* needs --endpoint/],
    ['an invalid bot id', ['doctor', '--config', 'config.json', '--bot-id', '1/../2'], /--bot-id must be an id/],
    ['an unknown option', ['doctor', `--${CANARY}`, CANARY], /does not exist/],
    ['an option without its value', ['doctor', '--config'], /without its value/],
    ['a cookie without an option', ['doctor', ...endpoint, `Cookie: ${CANARY}`], /The commands are "init", "serve"/],
    ['an endpoint that is no URL', ['doctor', '--endpoint', `/${CANARY}`], /must be a URL/],
    ['an endpoint of another protocol', ['doctor', '--endpoint', 'file:///etc/passwd'], /must be a URL/],
    ['an endpoint without TLS', ['doctor', '--endpoint', 'http://shop.example/token'], /must use https/],
    ['an endpoint with a password', ['doctor', '--endpoint', `https://user:${CANARY}@shop.example`], /no user name and no password/],
    ['visitors without an endpoint', ['doctor', '--config', 'config.json', '--as', `Cookie: ${CANARY}`], /--as needs --endpoint/],
    ['only one visitor', ['doctor', ...endpoint, '--as', `Cookie: ${CANARY}`], /Give --as twice/],
    ['a visitor that is not given as a header', ['doctor', ...endpoint, '--as', CANARY, '--as', `Cookie: ${CANARY}`], /must be a header/],
    ['a header of two lines', ['doctor', ...endpoint, '--as', `Cookie: a\r\nX: ${CANARY}`, '--as', 'Cookie: b'], /must be a header/],
  ])('The command line refuses %s with exit code 2 and repeats no value', async (_case, args, message) => {
    const { exitCode, output, errors } = await type(args);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(message);
    expect(errors).not.toContain(CANARY);
    expect(output).toBe('');
  });
});
