// Tokens that the shop did not sign, or would not sign any more.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token's parts, read without looking at its signature. */
export function partsOf(token: string): { header: any; claims: any; signature: string } {
  const [header, claims, signature] = token.split('.') as [string, string, string];
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return { header: read(header), claims: read(claims), signature };
}

export function signed(header: object, claims: object, key: KeyObject): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export const strangersKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Everything in it is as it should be, but that a stranger's key signed it under the shop's kid. */
export function forgedAdmin(real: string): string {
  const { header, claims } = partsOf(real);
  return signed(header, { ...claims, role: 'admin' }, strangersKey());
}
