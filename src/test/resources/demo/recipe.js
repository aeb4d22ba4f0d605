// A page that keeps the session itself, of docs/front-ends.md. A page with a build imports 'social-exchange-keycloak' and
// 'social-exchange-keycloak/dpop' instead.

import { dpop } from './social-exchange/dpop.js';
import { RealmClient, Session } from './social-exchange/index.js';

/** @param settings `{ url, realm, clientId }`, and where the browser comes back to if that is not `/` */
export async function openPage(settings) {
  const client = new RealmClient({ ...settings, retry: { times: 1, maxSeconds: 5 }, dpop: await dpop() });
  const arrived = await client.resume(); // null, unless the browser has just come back
  const session = arrived?.kind === 'tokens' ? new Session(client, arrived.tokens) : null;
  return { client, session, told: arrived && told(arrived) };
}

export async function signIn(client, subject) {
  const answer = await client.exchange(subject);
  if (answer.kind === 'person_needed') {
    await client.continueInBrowser(answer); // leaves the page, which opens anew with what comes of it
  }
  return answer.kind === 'tokens' ? new Session(client, answer.tokens) : told(answer);
}

/** Each outcome, and what helps. */
export function told(answer) {
  switch (answer.kind) {
    case 'tokens':
      return 'Signed in.';
    case 'person_needed':
      return 'One moment: there is a question for you.';
    case 'turned_back':
      return 'You turned back. Nothing was linked.';
    case 'try_later':
      return `Please try again in ${answer.seconds} seconds.`;
    case 'lost':
      return 'No answer. Please sign in at the provider again.';
    case 'refused':
      return answer.error === 'access_denied' ? 'Not with this account.' : 'Please sign in at the provider again.';
  }
}

/** @param subject of the account that is to be added */
export async function addAccount(session, subject) {
  const tokens = await session.current();
  const answer = await session.client.link(tokens, subject);
  if (answer.kind === 'refused' && answer.reason === 'login_too_old') {
    await session.client.login({ maxAge: 60 }); // leaves the page; the person adds the account when they are back
  }
  return answer;
}

export async function removeAccount(session, alias) {
  return session.client.unlink(await session.current(), alias);
}
