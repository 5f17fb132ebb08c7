/** Serves everything that a chat needs from its website below one path: the token endpoint, the package's files, a health check. */
import { systemTimers } from '../core/clock.js';
import { parseUrl } from '../core/url.js';
import { ownOptions } from '../core/values/own-members.js';
import { ServerConfigurationError } from './config/configuration-error.js';
import { respondWithFile } from './files/file-response.js';
import { createPackageFiles, type PackageFiles } from './files/package-files.js';
import { createGatewayParts, type GatewayParts } from './gateway/coze-gateway.js';
import { type GatewayFields, parseGatewayOptions } from './gateway/options.js';
import { createHandler, type RequestHandler } from './http/handler.js';
import { findName, parsePath } from './http/mount-path.js';
import { parseOptions, type TokenEndpointOptions, type VisitorSettings } from './options.js';
import { EndpointWarning, safeReporter } from './reporting/operator-event.js';
import { SetUpWarnings } from './reporting/set-up-warnings.js';
import { createOAuthTokenHandler, type TokenEndpoint } from './token-endpoint.js';

interface MountOptions {
  /**
   * The path at which your server mounts the handler. With Express, `app.use('/coze', cozeChat)` sets it.
   *
   * @default '/coze'
   */
  readonly path?: string;
  /**
   * The package's `dist/` as a `file:` URL, if it is not beside the server part. `false` if your site itself serves these files below the same path,
   * for example on Workers, which have no disk.
   *
   * @default true
   */
  readonly files?: boolean | string | URL;
  /**
   * Uses a gateway, so that Coze's token never reaches the browser: `token` returns a token of the gateway, and the page's `api-base-url` is the path.
   * It has `bots`, `secret` and the other options of `createCozeGateway`. `durationSeconds` and `tokenCache` cannot be set together with it.
   */
  readonly gateway?: Omit<GatewayFields, 'path'>;
}

/** Options of `createCozeChat`: those of `createTokenEndpoint`, `path`, `files` and `gateway`. */
export type CozeChatOptions<Context = unknown> = TokenEndpointOptions<Context> & MountOptions;

/** The handler of all requests below the path. */
export type CozeChat<Context = unknown> = RequestHandler<Context>;

/**
 * Creates the handler of all requests below one path, with everything that a chat needs from its website: `token`, `health`, and the package's files,
 * such as `embed.js`. The page then needs one line: `<script src="/coze/embed.js" defer data-bot-id="…"></script>`.
 *
 * @template Context what the server passes with the request. Without it, `identify` can declare any type.
 * @param options those of `createTokenEndpoint`, `path` and `files`
 * @returns a function from a `Request` to the promise of a `Response`, or of Node's request and response
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming every option that is wrong
 * @example
 * app.use('/coze', createCozeChat({ oauth: readCozeOAuthConfig('coze_oauth_config.json'), identify }));
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as `unknown` it would keep every adapter's listener from taking the handler
export function createCozeChat<Context = any>(options: CozeChatOptions<Context>): CozeChat<Context> {
  const { path, files: filesOption, gateway, ...tokenOptions } = ownOptions(options) as CozeChatOptions;
  const prefix = parsePath(path, 'createCozeChat');
  const files = toPackageFiles(filesOption);
  const { endpoint, api, allowedOrigins, warnings } =
    gateway === undefined ? withoutGateway(tokenOptions) : withGateway(tokenOptions, gateway);

  async function respond(request: Request, context: unknown): Promise<Response> {
    const name = findName(request, context, prefix);
    if (name === 'token') return endpoint(request, context);
    if (name === 'health') return respondHealth(request);
    if (api !== undefined && name !== undefined && API_PATH.test(name)) return api(request, `/${name}`, context);
    if (name === undefined) warnings.once(EndpointWarning.PathUnknown, PATH_UNKNOWN);
    return (name !== undefined && files !== undefined && (await findFile(files, name, request))) || refuse(404, 'not_found');
  }

  async function findFile(packageFiles: PackageFiles, name: string, request: Request): Promise<Response | undefined> {
    try {
      const file = await packageFiles.find(name);
      if (file === undefined) return undefined;
      const response = await respondWithFile(request, file, { files: packageFiles, allowedOrigins });
      if (response === undefined) warnings.once(EndpointWarning.FileChanged, FILE_CHANGED);
      else if (response.headers.get('cross-origin-resource-policy') === 'same-origin') warnings.warnOfRefusedFile(request);
      return response;
    } catch (error) {
      if (!(error instanceof ServerConfigurationError)) throw error;
      warnings.once(EndpointWarning.FilesUnavailable, error.message);
      return undefined;
    }
  }

  async function respondHealth({ method }: Request): Promise<Response> {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'method_not_allowed', { allow: 'GET, HEAD' });
    const problem = await ready().then(
      () => undefined,
      () => 'configuration',
    );
    return json(problem === undefined ? 200 : 503, problem === undefined ? { status: 'ok' } : { status: 'failed', problem });
  }

  async function ready(): Promise<void> {
    await Promise.all([endpoint.ready(), files?.load()]);
  }

  return createHandler<Context>(respond, { name: 'cozeChat', ready });
}

/** Paths of Coze's API that a chat uses, and the gateway's own start request. */
const API_PATH = /^(?:v\d+\/|start$)/;

interface ChatParts extends Pick<VisitorSettings, 'allowedOrigins'> {
  readonly endpoint: TokenEndpoint;
  readonly api: GatewayParts['api'] | undefined;
  /** One for all parts, so that an origin which is refused a file and a token is reported once. */
  readonly warnings: SetUpWarnings;
}

function withoutGateway(options: TokenEndpointOptions): ChatParts {
  const settings = parseOptions(options, 'createCozeChat');
  const warnings = new SetUpWarnings(safeReporter(settings.onEvent));
  return { endpoint: createOAuthTokenHandler(settings, warnings), api: undefined, allowedOrigins: settings.allowedOrigins, warnings };
}

function withGateway(options: TokenEndpointOptions, gateway: object): ChatParts {
  const settings = parseGatewayOptions({ ...options, ...ownOptions(gateway) }, 'createCozeChat: gateway');
  const warnings = new SetUpWarnings(safeReporter(settings.onEvent));
  const { token, api, ready } = createGatewayParts(settings, systemTimers, warnings);
  return { endpoint: Object.assign(token, { ready }), api, allowedOrigins: settings.allowedOrigins, warnings };
}

const PATH_UNKNOWN =
  'A request came to createCozeChat that is not below its path, "/coze" unless given. Give "path" as your server mounts it.';

const FILE_CHANGED =
  "One of the package's files is not on the disk as it was built, and was not served. Install coze-chat-embed anew, and restart the server.";

function toPackageFiles(files: unknown = true): PackageFiles | undefined {
  if (files === false) return undefined;
  if (files === true) return createPackageFiles();
  const folder = parseUrl(String(files).replace(/\/?$/, '/'));
  if (folder?.protocol !== 'file:') throw new ServerConfigurationError('createCozeChat: files: must be a file: URL, or true or false');
  return createPackageFiles(folder);
}

function refuse(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Response {
  return json(status, { error }, headers);
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  const own = { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-content-type-options': 'nosniff', ...headers };
  return new Response(JSON.stringify(body), ownOptions({ status, headers: ownOptions(own) }));
}
