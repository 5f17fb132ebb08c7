/** `init`: writes the files that a project lacks for a chat, without overwriting any, and prints the remaining steps. */
import { parseJson } from '../../core/values/parse-json.js';
import { BEYOND_PERMISSIONS, DEFAULT_FEATURES, describePoint, listPoints } from '../doctor/permissions.js';
import { describeFileError } from '../file-error.js';
import type { Terminal } from '../terminal.js';
import { findFramework, type Framework, PAGE_LINE, type Project, toTypeScript } from './frameworks.js';
import { isIgnored } from './git-ignore.js';

/** Side effects of the command, given as arguments so that tests can replace them. Paths are relative to the project. */
export interface InitDeps {
  readonly readTextFile: (path: string) => Promise<string>;
  /** Names in the project's root folder, and those in `src/` with that prefix. */
  readonly listProject: () => Promise<readonly string[]>;
  /** Creates missing folders; resolves to `false` if the file already exists. */
  readonly writeNewFile: (path: string, text: string) => Promise<boolean>;
  readonly appendToFile: (path: string, text: string) => Promise<void>;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface InitOptions {
  readonly isDryRun: boolean;
}

const KEY_FILE = 'coze_oauth_config.json';
const EXAMPLE_FILE = '.env.example';
const SECRET_BYTES = 32;

export async function init({ isDryRun }: InitOptions, deps: InitDeps, terminal: Terminal): Promise<0 | 1> {
  const project = await readProject(deps);
  if (project === undefined) {
    terminal.writeError('package.json is not valid JSON, so the framework is not known. Nothing was written.\n');
    return 1;
  }
  const framework = findFramework(project);
  const handler = handlerFile(framework, project);
  terminal.write(`Found: ${framework.title}.\n\n`);
  const written: string[] = [];
  let git: GitIgnore;
  let current = '';
  try {
    // First, so that git never sees the secret, even if the rest fails or is interrupted.
    current = '.gitignore';
    git = await ignoreSecrets([KEY_FILE, framework.environmentFile], isDryRun, deps, terminal);
    for (const [path, text] of listFilesToWrite(framework, handler, deps)) {
      current = path;
      const isThere = isDryRun ? (await readOrNothing(path, deps)) !== undefined : !(await deps.writeNewFile(path, text));
      terminal.write(isThere ? `${path} is there already, and was left alone.\n` : `${isDryRun ? 'Would write' : 'Wrote'} ${path}\n`);
      if (!isThere) written.push(path);
    }
  } catch (error) {
    terminal.writeError(`${current} could not be written: ${describeFileError(error)}. What is said above was done.\n`);
    return 1;
  }
  terminal.write(
    describeRest(framework, handler, {
      isEnvironmentLacking: !isDryRun && !written.includes(framework.environmentFile),
      isExampleIgnored: git.isExampleIgnored,
    }),
  );
  if (!isDryRun && written.length > 0) {
    const andGit = git.added.length > 0 ? `, and take ${git.added.join(' and ')} out of .gitignore` : '';
    terminal.write(`To undo it, delete ${written.join(', ')}${andGit}.\n`);
  }
  return 0;
}

/** `undefined` if `package.json` is broken: a guess could put files into the project that it does not need. */
async function readProject(deps: InitDeps): Promise<Project | undefined> {
  const names = await deps.listProject();
  const parsed = parseJson((await readOrNothing('package.json', deps)) ?? '{}');
  if (!parsed.ok) return undefined;
  const manifest = parsed.value as (Record<string, object | undefined> & { readonly type?: unknown }) | null;
  const has = (name: string): boolean => names.includes(name);
  return {
    isModule: manifest?.type === 'module',
    packages: new Set([...Object.keys(manifest?.['dependencies'] ?? {}), ...Object.keys(manifest?.['devDependencies'] ?? {})]),
    usesTypeScript: has('tsconfig.json'),
    // Next takes the folders in the root first, and refuses routers in different places.
    hasSourceFolder: !has('app') && !has('pages') && (has('src/app') || has('src/pages')),
    files: new Set(names),
  };
}

/** Empty if the framework has no handler file. */
function handlerFile({ path, extension }: Framework, project: Project): string {
  if (path === undefined) return '';
  return `${path(project)}.${extension?.(project) ?? (project.usesTypeScript ? 'ts' : 'js')}`;
}

function listFilesToWrite(
  { content, otherFiles = {}, environmentFile }: Framework,
  handler: string,
  { randomBytes }: InitDeps,
): readonly (readonly [path: string, text: string])[] {
  const environmentOf = (secret: () => string): string => `# Of the OAuth app, from Coze's console. Not in git.
COZE_OAUTH_CONFIG=${KEY_FILE}
# At least 32 bytes of randomness: openssl rand -hex 32. Another one makes every anonymous visitor a new one.
VISITOR_COOKIE_SECRET=${secret()}
${handler === '' ? `# What your backend signs identity tokens with, and their "aud".\nIDENTITY_SECRET=${secret()}\nIDENTITY_AUDIENCE=chat\n` : ''}`;
  const environment = [
    [EXAMPLE_FILE, environmentOf(() => '')],
    [environmentFile, environmentOf(() => Buffer.from(randomBytes(SECRET_BYTES)).toString('hex'))],
  ] as const;
  if (content === undefined) return environment;
  return [[handler, handler.endsWith('.ts') ? toTypeScript(content) : content], ...Object.entries(otherFiles), ...environment];
}

interface GitIgnore {
  /** The files that git did not ignore before. */
  readonly added: readonly string[];
  /** Whether git ignores the example file, which is meant to be in git. */
  readonly isExampleIgnored: boolean;
}

async function ignoreSecrets(files: readonly string[], isDryRun: boolean, deps: InitDeps, terminal: Terminal): Promise<GitIgnore> {
  const text = (await readOrNothing('.gitignore', deps)) ?? '';
  const missing = files.filter((file) => !isIgnored(file, text));
  const result = { added: missing, isExampleIgnored: isIgnored(EXAMPLE_FILE, text) };
  if (missing.length === 0) return result;
  const start = text === '' || text.endsWith('\n') ? '' : '\n';
  if (!isDryRun) await deps.appendToFile('.gitignore', `${start}${missing.join('\n')}\n`);
  terminal.write(`${isDryRun ? 'Would add' : 'Added'} ${missing.join(' and ')} to .gitignore\n`);
  return result;
}

async function readOrNothing(path: string, { readTextFile }: InitDeps): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch {
    return undefined;
  }
}

interface Lacks {
  readonly isEnvironmentLacking: boolean;
  readonly isExampleIgnored: boolean;
}

function describeRest(
  { steps, content, environmentFile, page = PAGE_LINE, start }: Framework,
  handler: string,
  { isEnvironmentLacking, isExampleIgnored }: Lacks,
): string {
  const todo = [
    ...(content === undefined ? [] : [`In ${handler}, as the first argument of firstIdentityOf: who is signed in, from your session.`]),
    ...(isEnvironmentLacking ? [`In ${environmentFile}: what ${EXAMPLE_FILE} has and it lacks; openssl rand -hex 32 makes a secret.`] : []),
    ...(isExampleIgnored ? [`git ignores ${EXAMPLE_FILE} here: add !${EXAMPLE_FILE} at the end of .gitignore, to share it.`] : []),
    ...steps(handler),
    ...(start === undefined ? [] : [`Start the server with the environment that ${environmentFile} gives: ${start}.`]),
    `The pages: ${page}; for coze.com with data-api-base-url, "https://api.coze.com", beside it.`,
    `No account on Coze yet: npx coze-chat-embed stand-in plays Coze, writes ${KEY_FILE} and says what the line needs. Else:`,
    `On Coze: an OAuth app of the type "service app" (服务类应用). Save what it gives you as ${KEY_FILE}. Publish the bot to API and Chat SDK.`,
    `There, tick these permissions and no more: ${listPoints(DEFAULT_FEATURES).map(describePoint).join(', ')}.`,
    "Where your site has a Content-Security-Policy: script-src 'self'; style-src 'self'; connect-src 'self' and the API; img-src 'self' blob: and the API. The documentation has all of it (guide/csp).",
    `npx coze-chat-embed doctor --config ${KEY_FILE} --bot-id ID tells whether everything is right.`,
  ];
  return `\nTo do:\n${todo.map((step, index) => `${index + 1}. ${step}`).join('\n')}\n\n${BEYOND_PERMISSIONS}\n`;
}
