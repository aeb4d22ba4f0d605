import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { type Provider, RealmClient, type Subject } from 'social-exchange-keycloak';
import { type SocialExchangeButtons } from 'social-exchange-keycloak/buttons';
import 'social-exchange-keycloak/buttons';
import { useSocialExchange } from 'social-exchange-keycloak/react';

interface Config {
  url: string;
  realm: string;
  clientId: string;
}

/** The providers' SDKs: `withGoogle`, `withFacebook`, `withApple` of `social-exchange-keycloak/sdks`, or your own. */
export type Ask = (provider: Provider) => Promise<Subject>;

function SignIn({ client, ask }: { client: RealmClient; ask: Ask }) {
  const { providers, problem, answer, busy, signIn, continueInBrowser, reset } = useSocialExchange(client);

  if (busy) {
    return <p role="status">One moment …</p>;
  }
  if (answer?.kind === 'tokens') {
    return <p role="status">Signed in <button onClick={reset}>Leave</button></p>;
  }
  return (
    <>
      {problem && <p role="alert">The ways to sign in could not be loaded.</p>}
      <Buttons providers={providers} onChoose={(provider) => signIn(ask(provider)).catch(() => reset())} />
      {answer?.kind === 'person_needed' && <button onClick={continueInBrowser}>Continue in the browser</button>}
      {answer?.kind === 'turned_back' && <p role="status">You turned back. Nothing was linked.</p>}
      {answer?.kind === 'try_later' && <p role="status">Please try again in {answer.seconds} seconds.</p>}
      {answer?.kind === 'refused' && <p role="alert">That did not work: {answer.reason ?? answer.error}</p>}
      {answer?.kind === 'lost' && <p role="alert">No answer. Please sign in at the provider again.</p>}
    </>
  );
}

/** The element draws what it is given; React 18 knows no properties and events of elements. */
function Buttons({ providers, onChoose }: { providers: readonly Provider[]; onChoose: (provider: Provider) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  });
  useEffect(() => {
    const buttons: SocialExchangeButtons = document.createElement('social-exchange-buttons');
    buttons.providers = providers;
    buttons.addEventListener('choose', ({ detail }) => choose.current(detail));
    place.current?.replaceChildren(buttons);
  }, [providers]);
  return <div ref={place} />;
}

export function start(place: HTMLElement, config: Config, ask: Ask): void {
  createRoot(place).render(<SignIn client={new RealmClient(config)} ask={ask} />);
}
