/** Returns 32 hexadecimal digits of 16 random bytes. */
export function createRandomId(randomBytes: (length: number) => Uint8Array): string {
  return Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
