// Back from a provider: hands what came with the address to the page that has asked for it, and forgets it. That page believes it only if
// the state is the one that it waits for.

import { preferred, speak } from './words.js';

const came = new URLSearchParams(location.search.slice(1) || location.hash.slice(1));
history.replaceState(null, '', location.pathname);

const channel = new BroadcastChannel(`social-exchange-doctor ${document.body.dataset.realm}`);
channel.postMessage(Object.fromEntries(came));
channel.close();

await speak(preferred());
window.close();
