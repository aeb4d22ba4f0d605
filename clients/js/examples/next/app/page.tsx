'use client';

import { useState } from 'react';
import { postTo, type Subject } from 'social-exchange-keycloak';

/** The provider's SDK gives what is posted here; a field stands for it. */
export default function Page() {
  const [told, setTold] = useState('');

  async function signIn(form: FormData) {
    const subject: Subject = {
      subject_issuer: 'google',
      subject_token: String(form.get('token')),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    };
    const response = await fetch('/api/sign-in', { method: 'POST', body: JSON.stringify(subject) });
    const answer: { kind: string; link?: string } = await response.json();
    if (answer.kind === 'person_needed' && answer.link) {
      postTo(answer.link); // leaves the page, and comes back to /api/callback
    }
    setTold(answer.kind);
  }

  return (
    <main>
      <h1>Sign in</h1>
      <form action={signIn}>
        <label>
          Token <input name="token" />
        </label>
        <button>Sign in</button>
      </form>
      <p role="status">{told}</p>
    </main>
  );
}
