/**
 * Thrown at the start of the server if an option is missing or wrong. `message` names the option and says what to do; it holds no value of any
 * option. There is no `cause`, because the error of a library may quote such a value.
 */
export class ServerConfigurationError extends Error {
  override readonly name = 'ServerConfigurationError';
  /** The same for every mistake; `message` names the mistake. */
  readonly code = 'invalid_configuration';
}
