import { describe, expect, it } from 'vitest';
import { ReplayGuard } from '../../../demo/coze-stand-in/oauth/replay-guard.js';

describe('ReplayGuard', () => {
  it('admits an id once', () => {
    const guard = new ReplayGuard();
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(true);
    expect(guard.admit('app', 'a', 1_000, 999)).toBe(false);
  });

  it('tells the ids of two apps apart', () => {
    const guard = new ReplayGuard();
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(true);
    expect(guard.admit('other', 'a', 1_000, 0)).toBe(true);
  });

  it('forgets ids whose assertions have expired, so that its memory is bounded by their life', () => {
    const guard = new ReplayGuard();
    for (let second = 0; second < 5_000; second++) guard.admit('app', String(second), second + 60, second);
    expect(guard.size).toBeLessThanOrEqual(61);
  });

  it('refuses new ids rather than forget live ones when it is full', () => {
    const guard = new ReplayGuard(3);
    for (const jti of ['a', 'b', 'c']) expect(guard.admit('app', jti, 1_000, 0)).toBe(true);
    expect(guard.admit('app', 'd', 1_000, 0)).toBe(false);
    expect(guard.admit('app', 'a', 1_000, 0)).toBe(false);
    expect(guard.admit('app', 'd', 2_000, 1_000)).toBe(true);
  });
});
