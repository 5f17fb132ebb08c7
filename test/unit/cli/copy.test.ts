import { describe, expect, it } from 'vitest';
import { type } from './arrange.js';

describe('Command copy', () => {
  it.each([
    ['public/coze-chat-embed', '/coze-chat-embed/'],
    ['./public/coze-chat-embed/', '/coze-chat-embed/'],
    ['apps\\shop\\public\\vendor\\chat', '/vendor/chat/'],
    ['static/chat', '/chat/'],
    ['../wwwroot/lib/chat', '/lib/chat/'],
    ['public', '/'],
    ['build/files/chat', '/chat/'],
  ])('A copy into %s prints the frame-src %s', async (folder, frameSrc) => {
    const copiedTo: string[] = [];
    const copyFrameTo = (to: string): Promise<number> => Promise.resolve(copiedTo.push(to));
    const { exitCode, output, errors } = await type(['copy', folder], { copyFrameTo });
    expect([exitCode, copiedTo, errors]).toEqual([0, [folder], '']);
    expect(output).toBe(`Copied 1 file to ${folder}. In the page: <coze-chat frame-src="${frameSrc}" …>\n`);
  });

  it.each([
    ['ENOENT', /not complete/],
    ['EEXIST', /a file is in the way/],
    ['ERR_FS_CP_DIR_TO_NON_DIR', /a file is in the way/],
    ['EACCES', /may not be written to/],
    ['ENOSPC', /the disk is full/],
    ['EIO', /the system refused/],
  ])('A copy that fails with %s explains the error, with exit code 1', async (code, message) => {
    const copyFrameTo = (): Promise<number> => Promise.reject(Object.assign(new Error(), { code }));
    const { exitCode, output, errors } = await type(['copy', 'public/chat'], { copyFrameTo });
    expect([exitCode, output]).toEqual([1, '']);
    expect(errors).toMatch(message);
    expect(errors).toContain('public/chat');
  });
});
