import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const LIMIT = 5000;

/** What a front end's own build makes of it. */
function bundled(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [new URL(`../dist/${entry}.js`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    external: ['react', 'oauth4webapi', 'keycloak-js'],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** What a page loads that has no build, file by file. */
function served(entry, seen = new Set()) {
  if (seen.has(entry)) {
    return 0;
  }
  seen.add(entry);
  const script = readFileSync(new URL(`../dist/${entry}.js`, import.meta.url), 'utf8');
  const imported = [...script.matchAll(/from '\.\/([\w-]+)\.js'/g)].map(([, file]) => served(file, seen));
  return imported.reduce((sum, size) => sum + size, gzipSync(script, { level: 9 }).length);
}

test(`the core has at most ${LIMIT} bytes, minified and compressed`, () => {
  for (const entry of ['index', 'buttons', 'dpop', 'keycloak-js', 'oauth4webapi', 'react', 'sdks']) {
    console.log(`size: ${entry.padEnd(14)} ${String(bundled(entry)).padStart(5)} bytes minified and compressed, ${served(entry)} as it is served`);
  }
  assert.ok(bundled('index') <= LIMIT, `${bundled('index')} bytes`);
});
