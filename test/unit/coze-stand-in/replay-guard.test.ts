import { describe, expect, it } from 'vitest';
import { ReplayGuard } from '../../../demo/coze-stand-in/oauth/replay-guard.js';

describe('ReplayGuard', () => {
  it('The guard admits an id once', () => {
    const guard = new ReplayGuard();
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(true);
    expect(guard.admit('app', 'a', 1_000, 999)).toBe(false);
  });

  it('The guard admits the same id for two apps', () => {
    const guard = new ReplayGuard();
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(true);
    expect(guard.admit('other', 'a', 1_000, 0)).toBe(true);
  });

  it('The guard drops ids whose assertions have expired, which limits its size', () => {
    const guard = new ReplayGuard();
    for (let second = 0; second < 5_000; second++) guard.admit('app', String(second), second + 60, second);
    expect(guard.size).toBeLessThanOrEqual(61);
  });

  it('A full guard refuses new ids and keeps those that have not expired', () => {
    const guard = new ReplayGuard(3);
    for (const jti of ['a', 'b', 'c']) expect(guard.admit('app', jti, 1_000, 0)).toBe(true);
    expect(guard.admit('app', 'd', 1_000, 0)).toBe(false);
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(false);
    expect(guard.admit('app', 'd', 2_000, 1_000)).toBe(true);
  });
});
