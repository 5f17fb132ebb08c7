/** A picture in a message. Depending on its address, it is shown, offered behind a button, or replaced by its alternative text. */
import { type ComponentProps, type JSX, useContext, useState } from 'react';
import { lateComponent } from '../../platform/late-component.js';
import { loadChunk } from '../../platform/load-chunk.js';
import { Image } from '../../platform/taro/components/image.js';
import { PictureValidator } from '../../platform/taro/pictures.js';
import { getStrings } from '../../platform/taro/strings.js';
import type { ForeignPicture as ForeignPictureType } from './foreign-picture.js';
import type { OpenedPicture } from './opened-picture.js';

/** Loaded late, because few conversations need it. If it cannot be loaded, the alternative text is shown. */
const ForeignPicture = lateComponent<ComponentProps<typeof ForeignPictureType>>({
  load: () => loadChunk('foreign-picture', () => import('./foreign-picture.js')).then((loaded) => loaded.ForeignPicture),
  Placeholder: PictureText,
  Fallback: PictureText,
});

export interface ContentPictureProps {
  readonly address: unknown;
  /** The author's alternative text. */
  readonly alt?: string | undefined;
  readonly mode: 'aspectFill' | 'widthFix';
  readonly className: string;
  readonly onOpen: (picture: OpenedPicture) => void;
}

export function ContentPicture({ address, alt, mode, className, onOpen }: ContentPictureProps): JSX.Element {
  const verdict = useContext(PictureValidator)(address);
  const [broken, setBroken] = useState<unknown>();
  const name = alt || getStrings().picture;
  if (verdict.action === 'ask') {
    const { url, host } = verdict;
    return <ForeignPicture key={url} url={url} host={host} name={name} className={className} onOpen={onOpen} />;
  }
  if (verdict.action === 'refuse' || broken === address) return <PictureText name={name} />;
  const { url } = verdict;
  return (
    <Image
      src={url}
      alt={name}
      mode={mode}
      lazyLoad
      className={className}
      onError={() => setBroken(address)}
      onClick={() => onOpen({ url })}
    />
  );
}

function PictureText({ name }: { readonly name: string }): JSX.Element {
  return <span className="picture__text">{name}</span>;
}
