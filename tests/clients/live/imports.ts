/** What changes the graph: `grounds import`, a process of its own beside the server. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The program `grounds`. */
const program = process.env.GROUNDS_BIN ?? 'grounds';
/** The server's database, as in `sqlite:grounds.db`. */
const database = process.env.GROUNDS_DATABASE ?? 'sqlite:grounds.db';

/** Imports a corpus in which there is nothing but an organization; null empties that corpus. */
export async function importOrganization(slug: string, name: string | null): Promise<void> {
  const corpus = `[corpus]\nname = "${slug}"\ntitle = "What changes while somebody watches"\n`;
  const organization = `\n[[organization]]\nslug = "${slug}"\nname = "${name}"\ntype = "TRADE_ASSOCIATION"\n`;
  const folder = await mkdtemp(join(tmpdir(), 'grounds-live-'));
  try {
    const file = join(folder, 'corpus.toml');
    await writeFile(file, name === null ? corpus : corpus + organization);
    await promisify(execFile)(program, ['import', file, '--database', database]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
