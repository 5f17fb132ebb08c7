/** Shows the files above the field. */
import { FileTypeEnum } from '@coze/chat-sdk';
import { type JSX, useState } from 'react';
import { SvgFileType } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/index.js';
import { addStyles } from '../../../platform/add-styles.js';
import { getStrings } from '../../../platform/taro/strings.js';
import type { Attachment, AttachmentActions } from './attachment.js';
import attachmentsCss from './attachments.css?inline';
import { formatSize } from './format-size.js';

addStyles(attachmentsCss);

export function AttachmentTray({ list }: { readonly list: AttachmentActions }): JSX.Element {
  const { items, notice } = list;
  return (
    <>
      {items.length > 0 && (
        <ul className="attachments">
          {items.map((item) => (
            <AttachmentItem key={item.url} item={item} list={list} />
          ))}
        </ul>
      )}
      {notice !== '' && (
        <p className="composer__notice" role="alert">
          {notice}
        </p>
      )}
    </>
  );
}

function AttachmentItem({ item, list }: { readonly item: Attachment; readonly list: AttachmentActions }): JSX.Element {
  const { file, state, progress, failure } = item;
  const strings = getStrings();
  const remove = (): void => {
    list.remove(file);
    // The focused button disappears with the file.
    document.querySelector('textarea')?.focus({ preventScroll: true });
  };
  return (
    <li className={`attachment attachment--${state}`}>
      <Preview item={item} />
      <span className="attachment__text">
        <bdi className="attachment__name" title={file.name}>
          {file.name}
        </bdi>
        <span className="attachment__detail">{state === 'failed' ? failure : <bdi>{formatSize(file.size)}</bdi>}</span>
        {state === 'uploading' && <progress className="attachment__progress" aria-label={file.name} max={1} value={progress} />}
      </span>
      {state === 'failed' && (
        <button type="button" className="attachment__button" aria-label={`${strings.retry}: ${file.name}`} onClick={() => list.retry(file)}>
          ↻
        </button>
      )}
      <button type="button" className="attachment__button" aria-label={`${strings.removeFile}: ${file.name}`} onClick={remove}>
        ×
      </button>
    </li>
  );
}

/** Shows a picture if the browser can, otherwise an icon. */
function Preview({ item: { type, url } }: { readonly item: Attachment }): JSX.Element {
  const [isBroken, setIsBroken] = useState(false);
  if (type !== FileTypeEnum.IMAGE || isBroken) return <SvgFileType type={type} className="attachment__picture" />;
  return <img className="attachment__picture" src={url} alt="" onError={() => setIsBroken(true)} />;
}
