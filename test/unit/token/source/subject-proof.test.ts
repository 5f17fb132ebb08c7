import { describe, expect, it } from 'vitest';
import { SubjectProof } from '../../../../src/token/source/subject-proof.js';
import { VirtualTime } from '../../../support/virtual-time.js';

function arrangeProven() {
  const time = new VirtualTime();
  const proof = new SubjectProof();
  proof.confirm(proof.ask(), time.now);
  return { time, proof };
}

describe('A proof', () => {
  it('A proof holds for 30 s from when the question was sent', async () => {
    const { time, proof } = arrangeProven();
    expect(proof.freshForMs(time.now)).toBe(30_000);
    await time.advance(29_999);
    expect(proof.freshForMs(time.now)).toBe(1);
    await time.advance(1);
    expect(proof.freshForMs(time.now)).toBe(0);
  });

  it('There is no proof before the first response', () => {
    const proof = new SubjectProof();
    proof.ask();
    expect([proof.freshForMs(new VirtualTime().now), proof.isDoubted, proof.isUndisturbed]).toEqual([0, true, false]);
  });

  it('A proof does not become older by the late response to an earlier question', async () => {
    const { time, proof } = arrangeProven();
    const early = { question: proof.ask(), at: time.now };
    await time.advance(10_000);
    proof.confirm(proof.ask(), time.now);
    proof.confirm(early.question, early.at);
    expect(proof.freshForMs(time.now)).toBe(30_000);
  });

  it('A doubt ends a proof, and only the response to a later question restores it', () => {
    const { time, proof } = arrangeProven();
    const earlier = proof.ask();
    proof.doubt();
    proof.confirm(earlier, time.now);
    expect([proof.freshForMs(time.now), proof.isDoubted, proof.isUndisturbed, proof.dispelsDoubt(earlier)]).toEqual([
      0,
      true,
      false,
      false,
    ]);
    const later = proof.ask();
    expect(proof.dispelsDoubt(later)).toBe(true);
    proof.confirm(later, time.now);
    expect([proof.freshForMs(time.now), proof.isDoubted, proof.isUndisturbed]).toEqual([30_000, false, true]);
  });
});

describe('The visitor', () => {
  it('The visitor is undisturbed until the window loses the focus, and again after a return and a response', () => {
    const { time, proof } = arrangeProven();
    expect(proof.isUndisturbed).toBe(true);
    proof.noteAbsence();
    proof.confirm(proof.ask(), time.now);
    expect([proof.isUndisturbed, proof.freshForMs(time.now)]).toEqual([false, 30_000]);
    proof.noteReturn();
    expect(proof.isUndisturbed).toBe(false);
    proof.confirm(proof.ask(), time.now);
    expect(proof.isUndisturbed).toBe(true);
  });

  it('The visitor stays undisturbed by a focus without an absence', () => {
    const { proof } = arrangeProven();
    proof.noteReturn();
    expect(proof.isUndisturbed).toBe(true);
  });

  it('A visitor in distrust is disturbed until the response to a later question', () => {
    const { time, proof } = arrangeProven();
    const earlier = proof.ask();
    proof.distrust();
    proof.confirm(earlier, time.now);
    expect([proof.isUndisturbed, proof.isDoubted]).toEqual([false, false]);
    proof.confirm(proof.ask(), time.now);
    expect(proof.isUndisturbed).toBe(true);
  });
});
