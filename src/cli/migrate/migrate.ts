/** `npx coze-chat-embed migrate`: replaces Coze's own client by this package in a site's files. */
import { countFiles } from '../count-files.js';
import { describePath } from '../secrets.js';
import type { ExitCode, Terminal } from '../terminal.js';
import { findPlaces, type MigrateTarget } from './find-places.js';
import type { Edit, MigrateFinding, Place } from './finding.js';
import { findPublishedSecrets, isEnvironmentFile } from './published-variables.js';

export interface MigrateOptions extends MigrateTarget {
  readonly folder: string;
  /** Whether to write the changes. */
  readonly writes: boolean;
}

/** Side effects of the command, given as arguments so that tests can replace them. */
export interface MigrateDeps {
  /** Paths of the hand-written files in the folder: see `site-files.ts`. */
  readonly listPageFiles: (folder: string) => Promise<readonly string[]>;
  readonly readBinaryFile: (path: string) => Promise<Uint8Array>;
  /** Overwrites an existing file. */
  readonly rewriteFile: (path: string, content: Uint8Array) => Promise<void>;
}

interface Examined {
  readonly name: string;
  readonly findings: readonly MigrateFinding[];
  /** Whether the file mentions Coze's client or ours, or the server part. */
  readonly hasClient: boolean;
  readonly hasServer: boolean;
}

const CLIENT = /\bWebChatClient\b|\/chat-app-sdk\/|\bwebchatclient\.js\b/;
const SERVER = /\bcreate(?:CozeChat|TokenEndpoint|CozeGateway)\b|\bcoze-chat-embed serve\b/;

export async function migrate(options: MigrateOptions, deps: MigrateDeps, terminal: Terminal): Promise<ExitCode> {
  let names: readonly string[];
  try {
    names = await deps.listPageFiles(options.folder);
  } catch {
    terminal.writeError('The folder cannot be read. Relative paths start where you run the command.\n');
    return 1;
  }
  const examined: Examined[] = [];
  for (const name of names) {
    const found = await examine(name, options, deps);
    examined.push(found);
  }
  terminal.write(toReport(examined, options));
  return examined.some(({ findings }) => findings.some(({ kind }) => kind === 'todo')) ? 1 : 0;
}

async function examine(name: string, options: MigrateOptions, deps: MigrateDeps): Promise<Examined> {
  const path = `${options.folder}/${name}`;
  const unread = { line: 1, what: 'The file cannot be read.', advice: 'Look at it by hand.', kind: 'todo', isWritable: false } as const;
  const bytes = await deps.readBinaryFile(path).catch(() => undefined);
  if (bytes === undefined) return { name, findings: [unread], hasClient: false, hasServer: false };
  // Latin-1 maps each byte to a character, so that unchanged parts keep their bytes, whatever the encoding.
  const text = Buffer.from(bytes).toString('latin1');
  const isText = !text.includes('\0');
  const findings = isText ? await findAndChange(path, text, options, deps) : [];
  return { name, findings, hasClient: isText && CLIENT.test(text), hasServer: isText && SERVER.test(text) };
}

async function findAndChange(path: string, text: string, options: MigrateOptions, deps: MigrateDeps): Promise<readonly MigrateFinding[]> {
  const places = isEnvironmentFile(path) ? findPublishedSecrets(text) : findPlaces(text, options);
  const edits = options.writes ? withoutOverlaps(places.flatMap(({ change }) => change?.edits ?? [])) : [];
  if (edits.length === 0) return toFindings(text, places, false);
  const isWritten = await deps.rewriteFile(path, Buffer.from(applyEdits(text, edits), 'latin1')).then(
    () => true,
    () => false,
  );
  const failure = { line: 1, what: 'The file cannot be written.', advice: 'Change it by hand.', kind: 'todo', isWritable: false } as const;
  return [...(isWritten ? [] : [failure]), ...toFindings(text, places, isWritten)];
}

/** `places`: in the order of the text. */
function toFindings(text: string, places: readonly Place[], isWritten: boolean): readonly MigrateFinding[] {
  let [line, counted] = [1, 0];
  return places.map(({ at, what, advice, kind, change }) => {
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    return isWritten && change !== undefined
      ? { line, what, advice: change.done, kind: 'changed', isWritable: false }
      : { line, what, advice, kind, isWritable: change !== undefined };
  });
}

/** Several places may share an edit. Pure insertions come first. */
function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  return sorted.filter(({ start, end, text }, index) => {
    const former = sorted[index - 1];
    if (former === undefined) return true;
    return start >= former.end && !(start === former.start && end === former.end && text === former.text);
  });
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.toReversed().reduce((changed, { start, end, text: put }) => changed.slice(0, start) + put + changed.slice(end), text);
}

const MARKS = { todo: 'change', note: 'note', changed: 'changed' } as const;

function toReport(examined: readonly Examined[], { writes, tokenEndpoint }: MigrateOptions): string {
  const all = examined.flatMap(({ findings }) => findings);
  const count = (kind: MigrateFinding['kind']): number => all.filter((finding) => finding.kind === kind).length;
  const lines = examined.flatMap(({ name, findings }) =>
    findings.map(({ line, what, advice, kind }) => `${describePath(name)}:${line}: ${MARKS[kind]}: ${what} ${advice}`),
  );
  const summary = `${countFiles(examined.length)}: ${count('todo')} to change, ${count('changed')} changed, ${count('note')} to know.`;
  const isLeft = !writes && all.some(({ isWritable }) => isWritable);
  const next = isLeft ? ' --write changes the addresses, and takes the tokens out of the calls.' : '';
  const hasClient = examined.some((file) => file.hasClient);
  const isServerMissing = hasClient && tokenEndpoint === '' && !examined.some((file) => file.hasServer);
  const rest = [...(isServerMissing ? [SERVER_MISSING] : []), ...(hasClient ? [GUIDE] : [])];
  return `${[...lines, ...(lines.length > 0 ? [''] : []), `${summary}${next}`, ...rest].join('\n')}\n`;
}

const SERVER_MISSING =
  'Nothing in these files gives visitors their tokens. Then mount createCozeChat on your server: npx coze-chat-embed init, in its folder. ' +
  'A page with webchatclient.js must not get the line of embed.js that init prints, too: that would be a second chat.';
/** The README is part of the package, in both languages, and links to the guide. */
const GUIDE =
  'What each option becomes: README.md (or README.zh-CN.md) of coze-chat-embed, under "new CozeWebSDK.WebChatClient({…})", and its guide "Coming from WebChatClient".';
