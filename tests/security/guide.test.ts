// The guide names the tests that hold what it says: they must be there, under that name.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { repository } from '../support/shop.ts';

const guide = readFileSync(`${repository}docs/guides/security.md`, 'utf8');
const lines = ['API1', 'API2', 'API3', 'API4', 'API5', 'API6', 'API7', 'API8', 'API9', 'API10'];

/** "`tests/security/wire.test.ts`: two hosts" in the table's last column; several are separated by `<br>`. */
const named = [...guide.matchAll(/`((?:tests|libs|services|gateway|monolith)\/[\w./]+_?test\.(?:ts|cpp))`: ([^|<\n]+?) *(?=\||<br>|$)/gm)].map(([, file, name]) => [file!, name!] as const);

/** Text of a source in which a name may be put together of pieces: only letters and digits count. */
const plain = (text: string) => text.replaceAll(/\\/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

describe('the guide to security', () => {
  it.each(lines)('has a section on %s with tests of it', (line) => {
    const section = new RegExp(`^## ${line}[: ][^]*?(?=^## |$(?![^]))`, 'm').exec(guide)?.[0] ?? '';
    expect(section.match(/test\.(ts|cpp)`: /g)?.length ?? 0).toBeGreaterThan(0);
  });

  it('names many tests', () => {
    expect(named.length).toBeGreaterThan(40);
  });

  it.each(named)('%s: %s', (file, name) => {
    expect(existsSync(`${repository}${file}`), file).toBe(true);
    const text = readFileSync(`${repository}${file}`, 'utf8');
    expect(plain(text), `${file} has no test of that name`).toContain(plain(name));
  });
});
