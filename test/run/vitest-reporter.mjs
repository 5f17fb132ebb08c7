// @ts-check
/** Writes the outcome of a Vitest run: Vitest's own JSON lacks failures outside of tests. */
import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {import('vitest/node').TestModule} TestModule
 * @typedef {import('vitest/node').TestCase} TestCase
 * @typedef {import('vitest/node').TestSuite} TestSuite
 * @typedef {import('vitest/node').Reporter} Reporter
 * @typedef {import('./run-suite.mjs').Failure} Failure
 */

/** @implements {Reporter} */
export default class FailureReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly { readonly message: string }[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failures = [...modules.flatMap(failuresIn), ...unhandledErrors.map((error) => ({ message: firstMessage([error]) }))];
    const skipped = tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).length;
    const path = process.env['COZE_TEST_REPORT'];
    if (path !== undefined) writeFileSync(path, JSON.stringify({ passed, failed: failures.length, skipped, failures }));
  }
}

/**
 * Failed tests, and failed hooks that kept tests from running.
 * @param {TestModule} module
 * @returns {Failure[]}
 */
function failuresIn(module) {
  const file = module.relativeModuleId;
  const suites = [...module.children.allSuites()].map((suite) => ({ titles: titlesOf(suite), errors: suite.errors() }));
  const tests = [...module.children.allTests('failed')].map((test) => ({ titles: titlesOf(test), errors: test.result().errors ?? [] }));
  return [{ titles: [], errors: module.errors() }, ...suites.filter(({ errors }) => errors.length > 0), ...tests]
    .filter(({ titles, errors }) => titles.length > 0 || errors.length > 0)
    .map(({ titles, errors }) => ({ file, titles, message: firstMessage(errors) }));
}

/**
 * From the outermost group to the task itself.
 * @param {TestCase | TestSuite} task
 * @returns {string[]}
 */
function titlesOf({ parent, name }) {
  return parent.type === 'module' ? [name] : [...titlesOf(parent), name];
}

/** @param {readonly { readonly message: string }[]} errors */
function firstMessage([error]) {
  return stripVTControlCharacters(error?.message ?? '');
}
