/** Taro's calling convention: a promise, and the callbacks `success`, `fail` and `complete`. */

type CallbackResult = TaroGeneral.CallbackResult;

export interface Callbacks<Result> {
  readonly success?: (result: Result & CallbackResult) => void;
  readonly fail?: (result: CallbackResult) => void;
  readonly complete?: (result: CallbackResult) => void;
}

/**
 * Runs `work` and reports its result both ways, with Taro's `errMsg` (`name:ok`, `name:fail reason`). After a failure the promise rejects
 * with Taro's object, unless there is a `fail` callback: such callers do not catch.
 */
export async function withTaroCallbacks<Result extends object>(
  name: string,
  { success, fail, complete }: Callbacks<Result>,
  work: () => Result | Promise<Result>,
): Promise<Result & CallbackResult> {
  const outcome = await attempt(name, work);
  if (outcome.isOk) success?.(outcome.result);
  else fail?.(outcome.result);
  complete?.(outcome.result);
  if (!outcome.isOk && fail === undefined) throw outcome.result;
  return outcome.result as Result & CallbackResult;
}

type Outcome<Result> =
  { readonly isOk: true; readonly result: Result & CallbackResult } | { readonly isOk: false; readonly result: CallbackResult };

async function attempt<Result extends object>(name: string, work: () => Result | Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { isOk: true, result: { ...(await work()), errMsg: `${name}:ok` } };
  } catch (error) {
    return { isOk: false, result: { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` } };
  }
}
