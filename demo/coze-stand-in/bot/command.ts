/** The commands of the demo bot. The bot echoes every other message. */
export type Command =
  | 'greet'
  | 'help'
  | 'remember'
  | 'table'
  | 'code'
  | 'list'
  | 'tasks'
  | 'image'
  | 'link'
  | 'markdown'
  | 'action'
  | 'place'
  | 'long'
  | 'slow'
  | 'research'
  | 'fail'
  | 'error';

const phrases: Readonly<Record<Command, readonly string[]>> = {
  greet: ['hi', 'hello', 'hey', '你好', '您好'],
  help: ['help', 'what can you do', '帮助', '你会什么', '你能做什么'],
  remember: ['what did i say', 'history', '我说过什么', '我说了什么'],
  table: ['table', '表格'],
  code: ['code', 'code block', '代码'],
  list: ['list', '列表'],
  tasks: ['tasks', 'task list', '任务', '任务列表'],
  image: ['image', 'picture', '图片'],
  link: ['link', '链接'],
  markdown: ['markdown'],
  action: ['action', 'weather', '动作', '天气'],
  place: ['what am i looking at', 'where am i', '我在看什么', '我在哪里'],
  long: ['long', 'long answer', '长文', '长回答'],
  slow: ['slow', 'slow answer', '慢', '慢一点'],
  research: ['research', '研究'],
  fail: ['fail', '失败'],
  error: ['error', '错误'],
};

const commandOf: ReadonlyMap<string, Command> = new Map(
  (Object.entries(phrases) as [Command, readonly string[]][]).flatMap(([command, strings]) =>
    strings.map((text) => [text, command] as const),
  ),
);

/** Polite words around the name of a command, as in "Show me a table, please!" or "请给我看一个表格". */
const wordsAround = [/^please /, /^(?:show|send|give) (?:me )?/, /^(?:an?|some) /, / please$/, /^请?(?:给我)?看?(?:一[个段张])?/];

/** Returns the command if the whole message is one, else `undefined`. */
export function readCommand(text: string): Command | undefined {
  const plain = text
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
  const bare = wordsAround.reduce((rest, phrase) => rest.replace(phrase, ''), plain);
  return commandOf.get(plain) ?? commandOf.get(bare);
}
