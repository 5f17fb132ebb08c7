/** Asks the visitor for the fields of a shortcut: text, a choice, or a file. */
import { useApiClientStore } from '@coze/chat-sdk';
import { type JSX, useEffect, useRef, useState } from 'react';
import { sendFile } from '../../composer/attachments/send-file.js';
import { Dialog } from '../../dialog/dialog.js';
import { useMessages } from '../../messages/messages-context.js';
import type { IsolatedChatService } from '../../service/isolated-chat-service.js';
import type { ShortcutField } from '../parse-shortcuts.js';
import type { ShortcutFormProps } from '../shortcut-form-props.js';
import { type FieldValue, type FieldValues, fillTemplate, toCommand } from './fill-template.js';

export function ShortcutForm({ shortcut, onSend, onCancel }: ShortcutFormProps): JSX.Element {
  const { strings } = useMessages();
  const service = useApiClientStore((store) => store.chatService) as unknown as IsolatedChatService;
  const upload = useRef(new AbortController());
  useEffect(() => () => upload.current.abort(), []);
  const { fields } = shortcut;
  const [values, setValues] = useState<FieldValues>(() =>
    Object.fromEntries(fields.map(({ name, initialText: text }) => [name, { text }])),
  );
  const [files, setFiles] = useState<Readonly<Record<string, File | undefined>>>({});
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const shown = fields.filter(({ isHidden }) => !isHidden);

  const change = (name: string, text: string): void => {
    setProblem('');
    setValues((now) => ({ ...now, [name]: { text } }));
  };
  const isEmpty = ({ name }: ShortcutField): boolean => values[name]?.text.trim() === '';
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    const missing = shown.findIndex(isEmpty);
    if (missing >= 0) {
      document.querySelectorAll<HTMLElement>('.ask__field :is(input, select)')[missing]?.focus();
      return setProblem(strings.fillIn);
    }
    setBusy(true);
    try {
      const uploaded = await Promise.all(
        Object.entries(files).map(async ([name, file]): Promise<[string, FieldValue]> => {
          if (file === undefined) return [name, { text: '' }];
          const id = await service.uploadFile((request) =>
            sendFile({ file, signal: upload.current.signal, onProgress: () => {} }, request),
          );
          return [name, { text: file.name, file: { id, isPicture: file.type.startsWith('image/') } }];
        }),
      );
      const allValues = { ...values, ...Object.fromEntries(uploaded) };
      if (await onSend(fillTemplate(shortcut, allValues), toCommand(shortcut, allValues))) return;
      setProblem(strings.errorTryAgain);
      setBusy(false);
    } catch {
      setProblem(strings.uploadFailed);
      setBusy(false);
    }
  };
  return (
    <Dialog title={shortcut.name} onCancel={onCancel} onSubmit={() => void submit()}>
      {shown.map((field) => (
        <label key={field.name} className="ask__field" dir="auto">
          {field.name}
          <Field
            field={field}
            value={values[field.name]?.text ?? ''}
            isMissing={problem === strings.fillIn && isEmpty(field)}
            onChange={(text) => change(field.name, text)}
            onFile={(file) => {
              change(field.name, file?.name ?? '');
              setFiles((now) => ({ ...now, [field.name]: file }));
            }}
          />
        </label>
      ))}
      {problem !== '' && (
        <p id="ask-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="ask__buttons">
        <button type="button" onClick={onCancel}>
          {strings.cancel}
        </button>
        <button type="submit" className="ask__yes" aria-disabled={isBusy}>
          {strings.send}
        </button>
      </div>
    </Dialog>
  );
}

interface FieldProps {
  readonly field: ShortcutField;
  readonly value: string;
  readonly isMissing: boolean;
  readonly onChange: (text: string) => void;
  /** `undefined` if the visitor has removed the file. */
  readonly onFile: (file: File | undefined) => void;
}

function Field({ field, value, isMissing, onChange, onFile }: FieldProps): JSX.Element {
  const { kind, choices, description } = field;
  const invalid = isMissing && ({ 'aria-invalid': true, 'aria-describedby': 'ask-problem' } as const);
  if (kind === 'file') {
    return (
      <input
        {...invalid}
        type="file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          onFile(file);
        }}
      />
    );
  }
  if (kind === 'select') {
    return (
      <select {...invalid} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="" />
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...invalid}
      type="text"
      dir="auto"
      value={value}
      placeholder={description}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
