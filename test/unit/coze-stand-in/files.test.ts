import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  createConversation,
  envelope,
  listMessages,
  logIn,
  parseEvents,
  type Session,
  startChat,
  type WireMessage,
} from './support.js';

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'uploader');
});
afterAll(() => standIn.stop());

interface WireFile {
  readonly id: string;
  readonly bytes: number;
  readonly file_name: string;
}

interface StoredPart {
  readonly type: string;
  readonly file_id: string;
  readonly file_url: string;
  readonly name: string;
  readonly size: number;
}

const pixels = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]);
const picture = (): File => new File([pixels], 'cat one.png', { type: 'image/png' });

function upload(...files: readonly File[]): Promise<Response> {
  const form = new FormData();
  for (const file of files) form.append('file', file);
  return fetch(`${standIn.origin}/v1/files/upload`, { method: 'POST', headers: { authorization: `Bearer ${session.token}` }, body: form });
}

const uploaded = async (file: File): Promise<WireFile> => (await envelope<WireFile>(upload(file))).data;

/** Sends an uploaded file as the SDK does and reads the message from the history. */
async function sendFile(type: 'image' | 'file', file: WireFile): Promise<{ readonly reply: string; readonly part: StoredPart }> {
  const { id } = await createConversation(standIn, session);
  const content = JSON.stringify([{ type, file_id: file.id }]);
  const response = await startChat(standIn, session, id, '', {
    additional_messages: [{ role: 'user', content, content_type: 'object_string' }],
  });
  const reply = answerText(parseEvents(await response.text()));
  const { data } = await envelope<readonly WireMessage[]>(listMessages(session, id, { order: 'asc' }));
  expect(data[0]).toMatchObject({ type: 'question', content_type: 'object_string' });
  return { reply, part: (JSON.parse(data[0]?.content ?? '') as readonly [StoredPart])[0] };
}

describe('Uploaded file', () => {
  it('The response to an upload contains the id, the name and the size of the file', async () => {
    const file = await uploaded(picture());
    expect(file).toEqual({
      id: expect.stringMatching(/^\d{19}$/) as string,
      bytes: 8,
      file_name: 'cat one.png',
      created_at: expect.any(Number) as number,
    });
    expect((await envelope<WireFile>(session.get(`/v1/files/retrieve?file_id=${file.id}`))).data).toEqual(file);
  });

  it('The bot describes a file that is sent without text', async () => {
    const { reply } = await sendFile('image', await uploaded(picture()));
    expect(reply).toBe('I received **cat one.png**: image/png, 8 bytes.');
  });

  it('The history contains a URL of the file that any page can show', async () => {
    const { part } = await sendFile('image', await uploaded(picture()));
    expect(part).toMatchObject({ type: 'image', name: 'cat one.png', size: 8 });
    expect(part.file_url).toMatch(new RegExp(`^${standIn.origin}/files/[\\w-]{32}/cat%20one\\.png$`));

    const shown = await fetch(part.file_url);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('access-control-allow-origin')).toBe('*');
    expect(shown.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(pixels);
  });

  it('An uploaded HTML file is served only as a download with a sandbox', async () => {
    const page = new File(['<script>alert(1)</script>'], 'page.html', { type: 'text/html' });
    const { part } = await sendFile('file', await uploaded(page));
    const shown = await fetch(part.file_url);
    expect(shown.headers.get('content-type')).toBe('application/octet-stream');
    expect(shown.headers.get('content-disposition')).toBe('attachment');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('The bot remembers a file by its name', async () => {
    const file = await uploaded(picture());
    const { id } = await createConversation(standIn, session);
    const content = JSON.stringify([
      { type: 'text', text: 'my cat' },
      { type: 'image', file_id: file.id },
    ]);
    const messages = [{ role: 'user', content, content_type: 'object_string' }];
    await (await startChat(standIn, session, id, '', { additional_messages: messages })).text();
    const response = await startChat(standIn, session, id, 'What did I say?');
    expect(answerText(parseEvents(await response.text()))).toContain('1. my cat cat one.png');
  });
});

describe('Refused uploads', () => {
  it('An empty file is refused with 4300', async () => {
    expect((await envelope(upload(new File([], 'empty.txt')))).code).toBe(4300);
  });

  it('An upload without exactly one file is refused with 4301', async () => {
    expect((await envelope(upload(picture(), picture()))).code).toBe(4301);
    expect((await envelope(upload())).code).toBe(4301);
  });

  it('An upload that is not a form is refused with 4000', async () => {
    expect((await envelope(session.post('/v1/files/upload', {}))).code).toBe(4000);
  });
});

describe('Unknown file', () => {
  it('An unknown file id gets 4304', async () => {
    expect((await envelope(session.get('/v1/files/retrieve?file_id=1'))).code).toBe(4304);
  });

  it('A message with an unknown file id is refused with 4304', async () => {
    const { id } = await createConversation(standIn, session);
    const messages = [{ role: 'user', content: '[{"type":"image","file_id":"1"}]', content_type: 'object_string' }];
    expect((await envelope(startChat(standIn, session, id, '', { additional_messages: messages }))).code).toBe(4304);
  });

  it('The URL of an unknown file gets 404', async () => {
    expect((await fetch(`${standIn.origin}/files/guess/cat.png`)).status).toBe(404);
  });
});
