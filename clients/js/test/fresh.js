// dist/*.js is kept beside its source, because the demo is served without npm. It has to be what the source compiles to.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = new URL('../dist/', import.meta.url).pathname;
const fresh = mkdtempSync(join(tmpdir(), 'social-exchange-'));
try {
  execFileSync('npx', ['--no-install', 'tsc', '--outDir', fresh], { cwd: new URL('..', import.meta.url), stdio: 'inherit' });
  const scripts = (folder) => readdirSync(folder).filter((file) => file.endsWith('.js')).sort();
  const text = (folder, file) => scripts(folder).includes(file) && readFileSync(join(folder, file), 'utf8');
  const stale = [...new Set([...scripts(fresh), ...scripts(built)])].filter((file) => text(fresh, file) !== text(built, file));
  if (stale.length) {
    console.error(`stale, run "npm run build": ${stale.map((file) => `dist/${file}`).join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true });
}
