/** One paragraph without formatting, as the SDK's Markdown shows it (SDK `md-stream/render`), without its parser. */
import '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/root/md.css';
import { Text, View } from '@tarojs/components';
import { type CSSProperties, Fragment, type JSX } from 'react';
import { Break } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/break/index.js';
import textStyles from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/text/index.module.less';
import rootStyles from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/root/index.module.less';

export interface PlainTextProps {
  readonly markdown: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}

export function PlainText({ markdown, className = '', style }: PlainTextProps): JSX.Element {
  return (
    <View className={`${rootStyles['root']} md-stream dark ${className}`} style={style}>
      <View>
        <View>
          {markdown.split('\n').map((line, index) => (
            <Fragment key={index}>
              {index === 0 ? null : <Break />}
              <Text selectable className={`${textStyles['text']} ${textStyles['important']}`}>
                {line}
              </Text>
            </Fragment>
          ))}
        </View>
      </View>
    </View>
  );
}
