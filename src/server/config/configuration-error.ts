/**
 * Thrown where the server starts, at a mistake of whoever set it up. `message` names the option and says what to do;
 * it holds no value of any option, and there is no `cause`, because a foreign error may quote one.
 */
export class ServerConfigurationError extends Error {
  override readonly name = 'ServerConfigurationError';
  /** The same for every mistake; `message` tells which. */
  readonly code = 'invalid_configuration';
}
