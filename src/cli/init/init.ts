/** `init`: writes what a project lacks for a chat, never over what is there, and says what is left to do. */
import { parseJson } from '../../core/values/parse-json.js';
import { BEYOND_PERMISSIONS, DEFAULT_FEATURES, describePoint, listPoints } from '../doctor/permissions.js';
import type { Terminal } from '../terminal.js';
import { findFramework, type Framework, type Project } from './frameworks.js';

/** Side effects of the command, given as arguments so that tests can replace them. Paths are relative to the project. */
export interface InitDeps {
  readonly readTextFile: (path: string) => Promise<string>;
  /** Names at the top of the project and in `src/`, the latter with it. */
  readonly listProject: () => Promise<readonly string[]>;
  /** Creates the folders on the way; `false` where there is something of this name already. */
  readonly writeNewFile: (path: string, text: string) => Promise<boolean>;
  readonly appendToFile: (path: string, text: string) => Promise<void>;
}

export interface InitOptions {
  readonly isDryRun: boolean;
}

const KEY_FILE = 'coze_oauth_config.json';

export async function init({ isDryRun }: InitOptions, deps: InitDeps, terminal: Terminal): Promise<0 | 1> {
  const project = await readProject(deps);
  const framework = findFramework(project);
  terminal.write(`Found: ${framework.title}.\n\n`);
  try {
    for (const [path, text] of listFilesToWrite(framework, project)) {
      const isThere = isDryRun ? (await readOrNothing(path, deps)) !== undefined : !(await deps.writeNewFile(path, text));
      terminal.write(isThere ? `${path} is there already, and was left alone.\n` : `${isDryRun ? 'Would write' : 'Wrote'} ${path}\n`);
    }
    await ignoreKey(isDryRun, deps, terminal);
  } catch {
    terminal.writeError('A file could not be written. What is said above was done.\n');
    return 1;
  }
  terminal.write(describeRest(framework));
  return 0;
}

async function readProject(deps: InitDeps): Promise<Project> {
  const names = await deps.listProject();
  const parsed = parseJson((await readOrNothing('package.json', deps)) ?? '{}');
  const manifest = (parsed.ok ? parsed.value : {}) as Record<string, object | undefined> | null;
  return {
    packages: new Set([...Object.keys(manifest?.['dependencies'] ?? {}), ...Object.keys(manifest?.['devDependencies'] ?? {})]),
    usesTypeScript: names.includes('tsconfig.json'),
    hasSourceFolder: names.includes('src/app'),
    files: new Set(names),
  };
}

function listFilesToWrite({ path, content }: Framework, project: Project): readonly (readonly [path: string, text: string])[] {
  const environment = `# Of the OAuth app, from Coze's console. Not in git.
COZE_OAUTH_CONFIG=${KEY_FILE}
# At least 32 bytes of randomness: openssl rand -hex 32. Another one makes every anonymous visitor a new one.
VISITOR_COOKIE_SECRET=
${path === undefined ? '# What your backend signs identity tokens with, and their "aud".\nIDENTITY_SECRET=\nIDENTITY_AUDIENCE=chat\n' : ''}`;
  const example = ['.env.example', environment] as const;
  if (path === undefined || content === undefined) return [example];
  // What is untyped in it would not pass a strict project's check.
  const checked = project.usesTypeScript ? `// @ts-nocheck: give it types as you make it yours\n${content}` : content;
  return [[`${path(project)}.${project.usesTypeScript ? 'ts' : 'js'}`, checked], example];
}

async function ignoreKey(isDryRun: boolean, deps: InitDeps, terminal: Terminal): Promise<void> {
  const text = (await readOrNothing('.gitignore', deps)) ?? '';
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.includes(KEY_FILE) || lines.includes(`/${KEY_FILE}`)) return;
  if (!isDryRun) await deps.appendToFile('.gitignore', `${text === '' || text.endsWith('\n') ? '' : '\n'}${KEY_FILE}\n`);
  terminal.write(`${isDryRun ? 'Would add' : 'Added'} ${KEY_FILE} to .gitignore\n`);
}

async function readOrNothing(path: string, { readTextFile }: InitDeps): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch {
    return undefined;
  }
}

function describeRest({ steps }: Framework): string {
  const todo = [
    ...steps,
    'The pages: <script src="/coze/embed.js" defer data-bot-id="YOUR BOT’S ID"></script>; for coze.com with data-api-base-url="https://api.coze.com".',
    `On Coze: an OAuth app of the type "service app". Save what it gives you as ${KEY_FILE}. Publish the bot to API and Chat SDK.`,
    `There, tick these permissions and no more: ${listPoints(DEFAULT_FEATURES).map(describePoint).join(', ')}.`,
    "Where your site has a Content-Security-Policy: script-src 'self'; style-src 'self'; connect-src 'self' and the API; img-src 'self' blob: and the API. The documentation has all of it (guide/csp).",
    `npx coze-chat-embed doctor --config ${KEY_FILE} --bot-id ID tells whether everything is right.`,
  ];
  return `\nTo do:\n${todo.map((step, index) => `${index + 1}. ${step}`).join('\n')}\n\n${BEYOND_PERMISSIONS}\nAll of it is undone by git: git checkout . && git clean -n\n`;
}
