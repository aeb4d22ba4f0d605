// Shows what this page and keycloak-js post to Keycloak, and what is answered, since the last step began.

const SHOWN = 60;
const place = document.getElementById('wire');
const send = window.fetch;

window.fetch = async (url, options = {}) => {
  const response = await send(url, options);
  if (options.method === 'POST') {
    record(url, new URLSearchParams(options.body), response.status, await response.clone().text());
  }
  return response;
};

export function forgetWire() {
  place.textContent = '';
}

export function shortened(text) {
  return text.length <= SHOWN * 2 ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}

function record(url, parameters, status, text) {
  const lines = [...parameters].map(([name, value]) => `  ${name}=${shortened(value)}`);
  place.textContent += `POST ${url}\n${lines.join('\n')}\n\nHTTP ${status}\n${indented(text)}\n\n`;
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), (key, value) => (typeof value === 'string' ? shortened(value) : value), 2);
  } catch {
    return text;
  }
}
