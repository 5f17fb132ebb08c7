/**
 * The permissions in Coze's console, as single points, by the chat's feature that needs them: the only table, used by the documentation,
 * `init` and the doctor. The console shows the points in groups. A group also contains points that let a token create, edit and publish,
 * which no visitor's token should have. The sources have the groups' names in Chinese and the points' names in English only.
 */

/** The groups of the console; their Chinese names are Coze's. */
export const PERMISSION_GROUPS = {
  bot: { chinese: 'Bot管理', english: 'bot' },
  conversation: { chinese: '会话管理', english: 'conversation' },
  chat: { chinese: '对话', english: 'chat' },
  message: { chinese: '消息', english: 'message' },
  file: { chinese: '文件', english: 'file' },
  voice: { chinese: '智能音视频', english: 'voice and video' },
  workflow: { chinese: '工作流', english: 'workflow' },
  app: { chinese: '应用管理', english: 'app' },
} as const;

export type PermissionGroup = keyof typeof PERMISSION_GROUPS;

/** A point in its group, as `group.point`, because some points of different groups have the same name. */
export type PermissionPoint = `${PermissionGroup}.${string}`;

export interface Feature {
  readonly title: string;
  readonly points: readonly PermissionPoint[];
  /** Whether a chat has the feature by default. */
  readonly isDefault: boolean;
  /** The setting that switches the feature, if there is one. */
  readonly switchedBy?: string;
}

export const FEATURES = {
  chat: {
    title: 'chatting, and the history',
    points: ['bot.chat', 'bot.getMetadata', 'conversation.listConversation', 'conversation.createConversation', 'message.listMessage'],
    isDefault: true,
  },
  files: { title: 'files and pictures from visitors', points: ['file.uploadFile'], isDefault: true, switchedBy: 'chatOptions.upload' },
  clear: {
    title: 'starting a new topic',
    points: ['conversation.editConversation'],
    isDefault: true,
    switchedBy: 'chatOptions.clearContext',
  },
  stop: { title: "stopping an answer on Coze's side, too", points: ['chat.cancelChat'], isDefault: true },
  delete: { title: 'deleting messages', points: ['message.deleteMessage'], isDefault: true, switchedBy: 'chatOptions.clearMessages' },
  conversations: {
    title: 'the list of conversations',
    points: ['conversation.editConversation'],
    isDefault: false,
    switchedBy: 'chatOptions.conversations',
  },
  'own-data': {
    title: 'visitors who download or delete their conversations',
    points: ['conversation.editConversation'],
    isDefault: false,
    switchedBy: 'chatOptions.ownData',
  },
  feedback: {
    title: 'rating answers',
    points: ['conversation.feedback'],
    isDefault: false,
    switchedBy: 'chatOptions.feedback',
  },
  voice: {
    title: 'speech input, and reading aloud',
    points: ['voice.createTranscription', 'voice.createSpeech'],
    isDefault: false,
    switchedBy: 'chatOptions.voice',
  },
  apps: {
    title: 'a Coze app instead of a bot',
    points: ['workflow.run', 'workflow.getMetadata', 'app.getMetadata'],
    isDefault: false,
    switchedBy: 'app-id',
  },
  tools: { title: 'tools that the page runs', points: ['chat.submitToolChat'], isDefault: false, switchedBy: 'tools' },
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureName = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[];
export const DEFAULT_FEATURES: readonly FeatureName[] = FEATURE_NAMES.filter((name) => FEATURES[name].isDefault);

export function isFeatureName(text: string): text is FeatureName {
  return Object.hasOwn(FEATURES, text);
}

/** Without duplicates, in the order of the table. */
export function listPoints(features: readonly FeatureName[]): readonly PermissionPoint[] {
  return [...new Set(features.flatMap((name): readonly PermissionPoint[] => FEATURES[name].points))];
}

/** `chat (Bot管理)`, as the console shows it. */
export function describePoint(point: PermissionPoint): string {
  const [group, key = ''] = point.split('.') as [PermissionGroup, string];
  return `${key} (${PERMISSION_GROUPS[group].chinese})`;
}

/** What no choice of permissions can prevent. */
export const BEYOND_PERMISSIONS =
  'No permission prevents that whoever holds a token asks any bot of the authorised spaces and, with getMetadata, reads its prompt. Authorise only the space of the bot.';
