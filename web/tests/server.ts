/** Makes a graph of the seed articles in a folder of its own and serves it for the tests. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SEEDS = fileURLToPath(new URL('../../seeds/articles', import.meta.url));
const WAIT_MS = 30_000;
const TOKEN = 'of-the-tests-only';

export default async function setup(): Promise<(() => void) | void> {
  const given = process.env.EXPLORER_URL;
  if (given) return;
  const entente = process.env.ENTENTE;
  if (!entente) throw new Error('ENTENTE must name the program `entente`, or EXPLORER_URL a running server');
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  const store = join(folder, 'store');
  execFileSync(entente, ['build', SEEDS, '--store', store, '--quiet'], { stdio: 'inherit' });
  const server = spawn(entente, ['serve', '--store', store, '--port', '0', '--writable', '--token', TOKEN], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => { server.kill(); rmSync(folder, { recursive: true, force: true }); };
  try {
    process.env.EXPLORER_URL = await new Promise<string>((resolve, reject) => {
      let told = '';
      const hear = (chunk: Buffer) => {
        told += chunk.toString();
        const address = told.match(/http:\/\/[^\s#/]+\/(?=[\s#])/);
        if (address) resolve(`${address[0]}#token=${TOKEN}`);
      };
      server.stdout.on('data', hear);
      server.stderr.on('data', hear);
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${told}`)));
      setTimeout(() => reject(new Error(`the server gave no address in ${WAIT_MS} ms: ${told}`)), WAIT_MS).unref();
    });
  } catch (problem) { stop(); throw problem; }
  return stop;
}
