import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
const entries = Object.entries(manifest.exports).filter(([entry]) => entry !== './package.json');

test('each entry is there, with its types, and the README speaks of it', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');

  for (const [entry, { types, default: script }] of entries) {
    assert.ok(existsSync(new URL(script, folder)), script);
    assert.ok(existsSync(new URL(types, folder)), types);
    assert.ok(readme.includes(`| \`${entry}\` |`), `the README's row of ${entry}`);
  }
});

test('each entry can be imported where there is no page: a server renders it first', async () => {
  for (const [entry] of entries) {
    await import(`social-exchange-keycloak${entry.slice(1)}`);
  }
});

test('only entries that are named after a peer import one', () => {
  for (const [, { default: script }] of entries) {
    const foreign = [...readFileSync(new URL(script, folder), 'utf8').matchAll(/from '([^.].*?)'/g)].map(([, name]) => name);
    for (const name of foreign) {
      assert.equal(script, `./dist/${name}.js`);
      assert.ok(name in manifest.peerDependencies, name);
    }
  }
});
