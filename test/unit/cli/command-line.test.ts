import { describe, expect, it } from 'vitest';
import { type } from './arrange.js';

const CANARY = 'CANARY7f3a';
const endpoint = ['--endpoint', 'https://shop.example/token'];

describe('the command line', () => {
  it.each([['--help'], ['doctor', '--help'], ['-h']])('explains itself on %s %s', async (...args) => {
    const { exitCode, output, errors } = await type(args.filter(Boolean));
    expect(exitCode).toBe(0);
    expect(output).toMatch(/Usage[\s\S]*--config[\s\S]*Exit code/);
    expect(errors).toBe('');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no command', [], /The commands are "init", "serve"/],
    ['an unknown command', ['cure'], /The commands are "init", "serve"/],
    ['a copy to nowhere', ['copy'], /takes one folder/],
    ['a copy to two places', ['copy', CANARY, CANARY], /takes one folder/],
    ['a copy with an option of the doctor', ['copy', CANARY, '--json'], /no option/],
    ['nothing to examine', ['doctor'], /Give --config, --endpoint or --site/],
    ['a bot of nothing', ['doctor', '--site', 'public', '--bot-id', '1'], /--bot-id needs --config or --endpoint/],
    ['the same bot as another one', ['doctor', ...endpoint, '--bot-id', '1', '--other-bot-id', '1'], /--other-bot-id must be/],
    ['an API that is no URL', ['doctor', ...endpoint, '--upstream', CANARY], /--upstream must be a URL/],
    ['an API behind nothing', ['doctor', '--site', 'public', '--upstream', 'https://api.coze.cn'], /--upstream .* needs --endpoint/],
    ['a bot id that is none', ['doctor', '--config', 'config.json', '--bot-id', '1/../2'], /--bot-id must be an id/],
    ['an unknown option', ['doctor', `--${CANARY}`, CANARY], /does not exist/],
    ['an option without its value', ['doctor', '--config'], /without its value/],
    ['a cookie without its option', ['doctor', ...endpoint, `Cookie: ${CANARY}`], /The commands are "init", "serve"/],
    ['an endpoint that is no URL', ['doctor', '--endpoint', `/${CANARY}`], /must be a URL/],
    ['an endpoint of another protocol', ['doctor', '--endpoint', 'file:///etc/passwd'], /must be a URL/],
    ['an endpoint in the clear', ['doctor', '--endpoint', 'http://shop.example/token'], /must use https/],
    ['an endpoint with a password', ['doctor', '--endpoint', `https://user:${CANARY}@shop.example`], /no user name and no password/],
    ['visitors without an endpoint', ['doctor', '--config', 'config.json', '--as', `Cookie: ${CANARY}`], /--as needs --endpoint/],
    ['one visitor', ['doctor', ...endpoint, '--as', `Cookie: ${CANARY}`], /Give --as twice/],
    ['a visitor who is no header', ['doctor', ...endpoint, '--as', CANARY, '--as', `Cookie: ${CANARY}`], /must be a header/],
    ['a header of two lines', ['doctor', ...endpoint, '--as', `Cookie: a\r\nX: ${CANARY}`, '--as', 'Cookie: b'], /must be a header/],
  ])('refuses %s with exit code 2 and repeats no value', async (_case, args, message) => {
    const { exitCode, output, errors } = await type(args);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(message);
    expect(errors).not.toContain(CANARY);
    expect(output).toBe('');
  });
});
