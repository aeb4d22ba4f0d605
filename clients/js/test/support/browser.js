// A real Chromium, as it is installed, and a server of pages on this machine.

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const program = process.env.CHROMIUM
  ?? ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)))
    .find(existsSync);

/** Why what needs a browser is not run; `false` if it is. Set CHROMIUM_REQUIRED where one has to be there. */
export const skip = program || process.env.CHROMIUM_REQUIRED ? false : 'no Chromium here: install it, or name it with CHROMIUM=/path';

export function launch() {
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--lang=en'] });
}

/** @param files by path; a string is a page with a strict content security policy, anything else a script */
export async function serve(files, realmUrl) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const built = pathname.match(/^\/dist\/([\w-]+\.js)$/);
    const content = built ? readFileSync(new URL(`../../dist/${built[1]}`, import.meta.url)) : files[pathname];
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': typeof content === 'string' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8',
      'Content-Security-Policy': `default-src 'self'; connect-src 'self' ${realmUrl}; form-action ${realmUrl}`,
    });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function script(text) {
  return Buffer.from(text);
}
