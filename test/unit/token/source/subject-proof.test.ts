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
  it('holds for 30 s from when the question was sent.', async () => {
    const { time, proof } = arrangeProven();
    expect(proof.freshForMs(time.now)).toBe(30_000);
    await time.advance(29_999);
    expect(proof.freshForMs(time.now)).toBe(1);
    await time.advance(1);
    expect(proof.freshForMs(time.now)).toBe(0);
  });

  it('there is none before the first response.', () => {
    const proof = new SubjectProof();
    proof.ask();
    expect([proof.freshForMs(new VirtualTime().now), proof.isDoubted, proof.isUndisturbed]).toEqual([0, true, false]);
  });

  it('is not made older by the late response to an earlier question.', async () => {
    const { time, proof } = arrangeProven();
    const early = { question: proof.ask(), at: time.now };
    await time.advance(10_000);
    proof.confirm(proof.ask(), time.now);
    proof.confirm(early.question, early.at);
    expect(proof.freshForMs(time.now)).toBe(30_000);
  });

  it('does not hold against a doubt, nor does the response to a question from before it.', () => {
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
  it('is undisturbed until the window loses the focus, and after a return again with the next response.', () => {
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

  it('is undisturbed by a focus without an absence.', () => {
    const { proof } = arrangeProven();
    proof.noteReturn();
    expect(proof.isUndisturbed).toBe(true);
  });

  it('is distrusted until the response to a later question.', () => {
    const { time, proof } = arrangeProven();
    const earlier = proof.ask();
    proof.distrust();
    proof.confirm(earlier, time.now);
    expect([proof.isUndisturbed, proof.isDoubted]).toEqual([false, false]);
    proof.confirm(proof.ask(), time.now);
    expect(proof.isUndisturbed).toBe(true);
  });
});
