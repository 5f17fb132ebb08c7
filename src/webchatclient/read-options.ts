import { type ChatSettings, emptySettings } from './chat-settings.js';
import { completeFooter } from './footer.js';
import { findUnknownOptions, OPTION_TABLE, readOption } from './option-table.js';

/** Converts the options of a client to the settings of its element. Calls `warn` for each option that has no effect. */
export function readOptions(options: unknown, baseUrl: string, warn: (sentence: string) => void): ChatSettings {
  const settings = emptySettings();
  for (const path of Object.keys(OPTION_TABLE)) {
    const value = readOption(options, path);
    const row = OPTION_TABLE[path];
    if (value == null || row === undefined) continue;
    if (typeof row === 'string') {
      warn(`${path} is not used. ${row}`);
      continue;
    }
    const complaint = row(value, settings);
    if (complaint !== undefined) warn(`${path} ${complaint}.`);
  }
  for (const path of findUnknownOptions(options)) warn(`There is no option ${path}.`);
  const complaint = completeFooter(settings, baseUrl);
  if (complaint !== undefined) warn(`ui.footer.linkvars ${complaint}.`);
  return completeTarget(settings, warn);
}

function completeTarget(settings: ChatSettings, warn: (sentence: string) => void): ChatSettings {
  const { attributes, chatOptions, isApp, container, hasLauncher, userId } = settings;
  for (const name of isApp ? ['bot-id'] : ['app-id', 'workflow-id']) delete attributes[name];
  if (isApp && chatOptions['conversations'] === true) {
    delete chatOptions['conversations'];
    warn('ui.conversations.isNeed has no effect for an app: Coze has no list of its conversations.');
  }
  if (chatOptions['layout'] === 'mobile')
    warn('ui.base.layout: what is in the chat is arranged for a phone. That it fills the screen goes by the screen’s size.');
  if (container !== undefined) {
    attributes['mode'] = 'inline';
    delete settings.styles['--coze-chat-width'];
    if (hasLauncher)
      warn(
        `${settings.containerOption}: the chat is in it from the start, without a launcher. With ui.asstBtn.isNeed: false it waits for showChatBot().`,
      );
  }
  if (userId === '') return settings;
  if (attributes['identity-token'] !== undefined) attributes['user-id'] = userId;
  else warn('userInfo.id is not sent: the session of your backend says who the visitor is. auth.identityToken can prove it instead.');
  return settings;
}
