import { stripVTControlCharacters } from 'node:util';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type Surroundings, type } from './arrange.js';

const args = ['doctor', '--endpoint', 'https://shop.example/token'];
const app = new Hono().post('*', (c) => c.json({ error: 'unauthenticated' }, 401));
const surroundings: Surroundings = { fetch: async (input, init) => app.fetch(new Request(input, init)) };

describe('Report of the doctor', () => {
  it('The report contains the result and the advice of each check, and the number of each result', async () => {
    const { output, exitCode } = await type(args, surroundings);
    expect(output).toMatch(/^skipped {2}Endpoint: two visitors {6}Needs two test visitors/m);
    expect(output).toMatch(/^failed {3}Endpoint: caching {11}Answers may be cached.*\n +To do: Send "cache-control: no-store"/m);
    expect(output).toMatch(/^3 ok, 1 warning, 1 failed, 23 skipped\.\n$/m);
    expect(exitCode).toBe(1);
  });

  it('Checks that are skipped for the same reason share one line that names them', async () => {
    const { output } = await type(args, surroundings);
    expect(output.match(/^.*--config.*$/gm)).toEqual([
      expect.stringMatching(
        /^skipped {2}Set-up \(14 checks\) +Needs --config\. Not checked: Config file, Private key, .*, Separate messages\.$/,
      ),
    ]);
    const alone = await type(['doctor', '--site', 'public'], { ...surroundings, listFiles: () => Promise.resolve([]) });
    expect(alone.output.match(/^skipped.*$/gm)).toEqual([
      expect.stringMatching(/Needs --config\./),
      expect.stringMatching(/^skipped {2}Endpoint \(8 checks\) +Needs --endpoint\. Not checked: error answers, request body, /),
      expect.stringMatching(/^skipped {2}Gateway \(5 checks\) +Needs --endpoint\./),
    ]);
    expect(alone.output).toMatch(/^1 ok, 0 warnings, 0 failed, 27 skipped\.$/m);
  });

  it('The checks of a missing gateway share one line, and are separate in JSON', async () => {
    const { output } = await type(args, surroundings);
    expect(output.match(/^.*gateway.*$/gim)).toEqual([
      expect.stringMatching(/^skipped {2}Gateway \(5 checks\) +Needs two test visitors who get tokens: give --as/),
    ]);
    const report = JSON.parse((await type([...args, '--json'], surroundings)).output) as {
      readonly checks: readonly { readonly id: string }[];
    };
    expect(report.checks.filter(({ id }) => id.startsWith('gateway-'))).toHaveLength(5);
  });

  it('The report has colour only when it is requested, and the same text', async () => {
    const plain = await type(args, surroundings);
    const coloured = await type(args, { ...surroundings, useColour: true });
    expect(plain.output).not.toContain('\u001B');
    expect(coloured.output).toContain('\u001B[31mfailed');
    expect(stripVTControlCharacters(coloured.output)).toBe(plain.output);
  });

  it('With --json the report is one JSON object without colour', async () => {
    const { output, exitCode } = await type([...args, '--json'], { ...surroundings, useColour: true });
    expect(output.trimEnd()).not.toContain('\n');
    const report = JSON.parse(output) as { readonly checks: readonly object[] };
    expect(report).toMatchObject({ ok: false, counts: { ok: 3, warning: 1, failed: 1, skipped: 23 } });
    expect(report.checks).toHaveLength(28);
    expect(report.checks).toContainEqual({
      id: 'endpoint-cache',
      title: 'Endpoint: caching',
      status: 'failed',
      explanation: expect.any(String),
      remedy: expect.any(String),
    });
    expect(exitCode).toBe(1);
  });
});
