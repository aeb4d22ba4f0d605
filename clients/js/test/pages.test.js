import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, test } from 'node:test';
import { build } from 'esbuild';
import { launch, script, serve, skip } from './support/browser.js';
import { Realm, refusal, TOKENS } from './support/realm.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENSHOTS = new URL('../target/screenshots/', import.meta.url).pathname;

const PROVIDERS = [
  provider('google', 'google', 'Google'),
  provider('discord', 'discord', 'Discord'),
  provider('spotify', 'spotify', 'Spotify'),
  provider('acme', 'oidc', 'Acme <img src=x onerror="document.title=\'hit\'"> & Sons'),
  { ...provider('strava', 'strava', 'Strava'), link_only: true },
];

function provider(alias, type, display_name) {
  return { alias, type, display_name, client_id: alias, subject_token_types: [], nonce: 'optional', link_only: false };
}

describe('in Chromium', { skip }, () => {
  let realm;
  let site;
  let browser;
  let page;
  let complaints;

  before(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    realm = await Realm.start();
    const react = await build({
      stdin: {
        contents: `
          import { start } from '../examples/react/sign-in.tsx';
          start(document.getElementById('app'), { url: ${JSON.stringify(realm.url)}, realm: 'social', clientId: 'spa' }, async (provider) => {
            if (provider.alias === 'discord') {
              throw new Error('The person did not sign in');
            }
            return { subject_issuer: provider.alias, subject_token: 't', subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' };
          });`,
        resolveDir: new URL('.', import.meta.url).pathname,
        loader: 'js',
      },
      bundle: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"development"' }, // React's own warnings are complaints
    });
    const buttons = (attributes) => `<!DOCTYPE html><html lang="en"><head><title>Sign in</title><meta name="color-scheme" content="light dark">
      <script type="module" src="/dist/buttons.js"></script></head><body><main><h1>Sign in</h1>
      <social-exchange-buttons url="${realm.url}" realm="social" client-id="spa" ${attributes}></social-exchange-buttons></main></body></html>`;
    site = await serve(
      {
        '/buttons': buttons(''),
        '/linking': buttons('link-only text="Link {}" group="Accounts to link"'),
        '/german': buttons('').replace('<main>', '<main lang="de">'),
        '/light': buttons('').replace('light dark', 'light'),
        '/core': '<!DOCTYPE html><html lang="en"><head><title>Core</title><script type="module" src="/core.js"></script></head><body></body></html>',
        '/core.js': script(`
          import * as all from '/dist/index.js';
          Object.assign(window, all);
          window.client = new RealmClient({ url: ${JSON.stringify(realm.url)}, realm: 'social', clientId: 'spa', redirectUri: location.origin + '/core' });
          window.arrived = await client.resume();
          window.ready = true;`),
        '/': '<!DOCTYPE html><html lang="en"><head><title>React</title></head><body><main id="app"></main><script type="module" src="/react.js"></script></body></html>',
        '/react.js': Buffer.from(react.outputFiles[0].contents),
      },
      realm.url,
    );
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await realm?.close();
  });
  beforeEach(async () => {
    await page?.context().close();
    const context = await browser.newContext();
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      // A refusal has a status of its own, and these pages have no icon.
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    realm.requests = [];
    realm.answers('social-exchange/providers', { body: { providers: PROVIDERS } });
  });

  async function open(path, media = {}) {
    await page.emulateMedia(media);
    await page.goto(site.url + path);
    await page.getByRole('button').first().waitFor();
  }

  async function faults() {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => axe.run());
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  test('there is a named button for each provider that signs people in, in the realm’s order', async () => {
    await open('/buttons');

    const names = await page.getByRole('group', { name: 'Ways to sign in' }).getByRole('button').allTextContents();
    assert.deepEqual(names.map((name) => name.replace(/^\w\w/, '')), [
      'Continue with Google',
      'Continue with Discord',
      'Continue with Spotify',
      'Continue with Acme <img src=x onerror="document.title=\'hit\'"> & Sons',
    ]);
    await page.getByRole('button', { name: 'Continue with Discord', exact: true }).waitFor();
    assert.equal(await page.title(), 'Sign in', 'a name is text');
    assert.equal(realm.requests.length, 1);
    assert.equal(realm.last.query.get('client_id'), 'spa');
    assert.deepEqual(complaints, [], 'a strict content security policy has nothing to complain of');
  });

  test('where accounts are linked, those that only link are there, too', async () => {
    await open('/linking');

    await page.getByRole('group', { name: 'Accounts to link' }).getByRole('button', { name: 'Link Strava' }).waitFor();
  });

  test('texts follow the language of the page', async () => {
    await open('/german');

    await page.getByRole('button', { name: 'Weiter mit Google' }).waitFor();
  });

  for (const [name, path, media] of [
    ['light', '/buttons', { colorScheme: 'light' }],
    ['dark', '/buttons', { colorScheme: 'dark' }],
    ['a light page of a person who likes it dark', '/light', { colorScheme: 'dark' }],
    ['forced colours', '/buttons', { forcedColors: 'active' }],
  ]) {
    test(`axe finds nothing to complain of: ${name}`, async () => {
      await open(path, media);

      assert.deepEqual(await faults(), []);
      await page.screenshot({ path: `${SCREENSHOTS}buttons-${name.replace(/\W+/g, '-')}.png` });
    });
  }

  test('the keyboard gets everywhere, and one sees where it is', async () => {
    await open('/buttons');
    await page.evaluate(() => {
      window.chosen = [];
      document.addEventListener('choose', ({ detail }) => window.chosen.push(detail.alias));
    });

    for (const key of ['Tab', 'Enter', 'Tab', 'Space']) {
      await page.keyboard.press(key);
    }

    assert.deepEqual(await page.evaluate(() => window.chosen), ['google', 'discord']);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement.shadowRoot.activeElement).outline);
    assert.match(outline, /solid 3px/);
  });

  test('nothing moves for people who do not like it', async () => {
    const transition = () => page.evaluate(() => getComputedStyle(document.querySelector('social-exchange-buttons').shadowRoot.querySelector('button')).transitionDuration);
    await open('/buttons', { reducedMotion: 'reduce' });
    assert.equal(await transition(), '0s');
    await open('/buttons', { reducedMotion: 'no-preference' });
    assert.equal(await transition(), '0.12s');
  });

  test('a realm that does not answer is said so, and asked again', async () => {
    realm.answers('social-exchange/providers', refusal(503, 'temporarily_unavailable', 'server_busy'), { body: { providers: PROVIDERS } });
    await open('/buttons');
    assert.match(await page.getByRole('alert').textContent(), /could not be loaded/);
    assert.deepEqual(await faults(), []);

    await page.getByRole('button', { name: 'Try again' }).click();

    await page.getByRole('button', { name: 'Continue with Google' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  test('a slow answer of before does not replace a later one', async () => {
    realm.answers('social-exchange/providers', { body: { providers: [PROVIDERS[0]] }, delay: 600 }, { body: { providers: [PROVIDERS[1]] } });
    await page.goto(`${site.url}/buttons`);
    await page.evaluate(() => document.querySelector('social-exchange-buttons').setAttribute('client-id', 'another'));
    await page.getByRole('button', { name: 'Continue with Discord' }).waitFor();
    await page.waitForTimeout(800);

    assert.equal(await page.getByRole('button').count(), 1);
  });

  test('buttons that are disabled choose nothing, and keep the focus', async () => {
    await open('/buttons');
    await page.evaluate(() => {
      window.chosen = [];
      document.addEventListener('choose', ({ detail }) => {
        window.chosen.push(detail.alias);
        document.querySelector('social-exchange-buttons').toggleAttribute('disabled', true);
      });
    });

    for (const key of ['Tab', 'Enter', 'Enter', 'Tab', 'Enter']) {
      await page.keyboard.press(key);
    }

    assert.deepEqual(await page.evaluate(() => window.chosen), ['google']);
    assert.equal(await page.getByRole('button', { name: 'Continue with Google' }).isDisabled(), true);
  });

  test('the page is left by a form of its own, comes back with a code, and its address is clean', async () => {
    realm.tokens(refusal(400, 'interaction_required', 'account_exists', { interaction_uri: `${realm.issuer}/social-exchange/interaction/i` }), { body: TOKENS });
    realm.answers('social-exchange/interaction/i', { headers: { 'Content-Type': 'text/html' }, body: 'the realm’s page' });
    await page.goto(`${site.url}/core`);
    await page.waitForFunction(() => window.ready);

    await page.evaluate(async () => {
      const needed = await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN });
      window.state = needed.login.state;
      await client.continueInBrowser(needed);
    });
    await page.waitForURL(`${realm.url}/**`);

    assert.equal(realm.last.method, 'POST');
    assert.equal(realm.last.headers.origin, site.url);
    const asked = realm.requests.find(({ path }) => path === 'protocol/openid-connect/token').form;
    await page.goto(`${site.url}/core?keep=1&${new URLSearchParams({ state: asked.get('interaction_state'), code: 'k', iss: realm.issuer })}#there`);
    await page.waitForFunction(() => window.ready);

    assert.deepEqual(await page.evaluate(() => window.arrived), { kind: 'tokens', tokens: TOKENS });
    assert.equal(page.url(), `${site.url}/core?keep=1#there`);
    assert.equal(realm.last.form.get('code'), 'k');
    assert.equal(realm.last.form.get('redirect_uri'), `${site.url}/core`);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.deepEqual(complaints, []);
  });

  test('a link that is a script is not posted to', async () => {
    realm.tokens(refusal(400, 'interaction_required', 'consent', { interaction_uri: 'javascript:document.title="hit"' }));
    await page.goto(`${site.url}/core`);
    await page.waitForFunction(() => window.ready);

    const problem = await page.evaluate(async () => {
      const needed = await client.exchange({ subject_issuer: 'google', subject_token: 't', subject_token_type: ID_TOKEN });
      return client.continueInBrowser(needed).catch((error) => error.name);
    });

    assert.equal(problem, 'TypeError');
    assert.equal(await page.title(), 'Core');
  });

  test('what a page sets before the script is there is drawn when it is', async () => {
    await page.goto(`${site.url}/core`);
    await page.evaluate(async (providers) => {
      const buttons = document.createElement('social-exchange-buttons');
      buttons.providers = providers;
      document.body.append(buttons);
      await import('/dist/buttons.js');
      buttons.providers = [providers[1]];
    }, PROVIDERS);

    assert.deepEqual(await page.getByRole('button').allTextContents(), ['DiContinue with Discord']);
    assert.equal(realm.requests.length, 0);
  });

  test('an answer that nobody asked for is not touched', async () => {
    await page.goto(`${site.url}/core?state=forged&code=k`);
    await page.waitForFunction(() => window.ready);

    assert.equal(await page.evaluate(() => window.arrived), null);
    assert.equal(page.url(), `${site.url}/core?state=forged&code=k`);
    assert.equal(realm.requests.length, 0);
  });

  test('a React page signs in, and its hook asks each thing once', async () => {
    realm.tokens({ body: TOKENS });
    await open('/');
    await page.getByRole('button', { name: 'Continue with Google' }).click();

    await page.getByText('Signed in').waitFor();
    assert.equal(realm.requests.filter(({ path }) => path === 'social-exchange/providers').length, 1);
    assert.equal(realm.last.form.get('subject_issuer'), 'google');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Continue with Google' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  test('a React page whose person closes the provider’s window is ready for another try', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Continue with Discord' }).click();

    await page.getByRole('button', { name: 'Continue with Google' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  test('a React page goes on in the browser and back', async () => {
    realm.tokens(refusal(400, 'interaction_required', 'consent', { interaction_uri: `${realm.issuer}/social-exchange/interaction/i` }), { body: TOKENS });
    realm.answers('social-exchange/interaction/i', { headers: { 'Content-Type': 'text/html' }, body: 'the realm’s page' });
    await open('/');
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    await page.getByRole('button', { name: 'Continue in the browser' }).click();
    await page.waitForURL(`${realm.url}/**`);
    const state = realm.requests.find(({ path }) => path === 'protocol/openid-connect/token').form.get('interaction_state');

    await page.goto(`${site.url}/?${new URLSearchParams({ state, code: 'k', iss: realm.issuer })}`);

    await page.getByText('Signed in').waitFor();
    assert.equal(page.url(), `${site.url}/`);
  });

  test('a React page is told that the person turned back', async () => {
    realm.tokens(refusal(400, 'interaction_required', 'consent', { interaction_uri: `${realm.issuer}/social-exchange/interaction/i` }));
    realm.answers('social-exchange/interaction/i', { headers: { 'Content-Type': 'text/html' }, body: 'the realm’s page' });
    await open('/');
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    await page.getByRole('button', { name: 'Continue in the browser' }).click();
    await page.waitForURL(`${realm.url}/**`);
    const state = realm.requests.find(({ path }) => path === 'protocol/openid-connect/token').form.get('interaction_state');

    await page.goto(`${site.url}/?${new URLSearchParams({ state, error: 'access_denied', iss: realm.issuer })}`);

    await page.getByText('You turned back').waitFor();
    assert.deepEqual(await faults().then((all) => all.filter((fault) => !/^(region|page-has-heading-one|landmark)/.test(fault))), []);
  });
});
