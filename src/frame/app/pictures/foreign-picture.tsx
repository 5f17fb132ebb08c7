/** A picture of a host that is not among the picture sources: its alternative text, and a button that loads only this picture. */
import { type JSX, useEffect, useRef, useState } from 'react';
import { Clickable } from '../../platform/taro/components/clickable.js';
import { getStrings } from '../../platform/taro/strings.js';
import { drawForeignPicture } from './draw-foreign-picture.js';
import type { OpenedPicture } from './opened-picture.js';

export interface ForeignPictureProps {
  readonly url: string;
  readonly host: string;
  readonly name: string;
  readonly className: string;
  readonly onOpen: (picture: OpenedPicture) => void;
}

export function ForeignPicture({ url, host, name, className, onOpen }: ForeignPictureProps): JSX.Element {
  const [state, setState] = useState<'offered' | 'asked' | 'shown' | 'failed'>('offered');
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (state !== 'asked' || canvas.current === null) return;
    drawForeignPicture(url, canvas.current).then(
      () => setState('shown'),
      () => setState('failed'),
    );
  }, [state]);

  // The focus would be lost with the button, which disappears.
  useEffect(() => {
    if (state === 'shown') box.current?.focus({ preventScroll: true });
  }, [state]);

  // A picture that could not be shown here, for example because of a redirect to another host, can still be opened in a tab.
  if (state === 'failed') {
    return (
      <a className="link" href={url} target="_blank" rel="noopener noreferrer">
        {name}
      </a>
    );
  }
  const open = (): void => {
    if (canvas.current !== null) onOpen({ url, drawn: canvas.current });
  };
  const isShown = state === 'shown';
  return (
    <span className="picture">
      {isShown ? null : (
        <>
          <span className="picture__text">{name}</span>{' '}
          <button type="button" className="picture__show" disabled={state === 'asked'} onClick={() => setState('asked')}>
            {getStrings().showPicture.replace('{host}', () => host)}
          </button>
        </>
      )}
      {state === 'offered' ? null : (
        <Clickable
          tag="span"
          host={{ className: 'picture__box', hidden: !isShown, 'aria-label': name }}
          hasContent
          onClick={open}
          ref={box}
        >
          <canvas className={className} ref={canvas} />
        </Clickable>
      )}
    </span>
  );
}
