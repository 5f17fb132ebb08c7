/** Takes files that are dropped anywhere in the chat. Otherwise the browser would open them in place of the chat. */
import { useEffect, useRef, useState } from 'react';

type OnFiles = (files: readonly File[], hasFolder: boolean) => void;

/** Returns whether files are dragged over the chat. */
export function useDroppedFiles(isEnabled: boolean, onFiles: OnFiles): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef({ isEnabled, onFiles });
  latest.current = { isEnabled, onFiles };
  useEffect(() => {
    const listeners = new AbortController();
    const listen = (type: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void): void =>
      document.addEventListener(type, handle, { signal: listeners.signal });
    listen('dragover', (event) => {
      const { dataTransfer } = event;
      if (dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      dataTransfer.dropEffect = latest.current.isEnabled ? 'copy' : 'none';
      setIsOver(latest.current.isEnabled);
    });
    listen('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) setIsOver(false);
    });
    listen('drop', (event) => {
      setIsOver(false);
      const { dataTransfer } = event;
      if (dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      if (latest.current.isEnabled) latest.current.onFiles(...readDropped(dataTransfer));
    });
    return () => listeners.abort();
  }, []);
  return isOver;
}

/** Removes folders, which look like files without a type in `files`, but cannot be read. */
function readDropped({ items, files }: DataTransfer): [files: readonly File[], hasFolder: boolean] {
  const dropped = [...items].filter(({ kind }) => kind === 'file');
  const entries = dropped.map((item) => item.webkitGetAsEntry());
  const isFolder = (index: number): boolean => entries[index]?.isDirectory === true;
  return [[...files].filter((_, index) => !isFolder(index)), dropped.some((_, index) => isFolder(index))];
}
