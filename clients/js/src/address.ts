/** Tokens go nowhere in the clear, and a link is no script. */
export function safe(address: string): string {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && !(protocol === 'http:' && /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1])$/.test(hostname))) {
    throw new TypeError(`Not HTTPS: ${protocol}//${hostname}`);
  }
  return address;
}

/** By a form and no mere address: the browser says that this page has sent it. */
export function postTo(link: string): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = safe(link);
  document.body.append(form);
  form.submit();
}

/** Without what a login in the browser has put into it. */
export function cleaned(address: string): string {
  const url = new URL(address);
  ['code', 'state', 'iss', 'session_state', 'error', 'error_description'].forEach((name) => url.searchParams.delete(name));
  return url.href;
}
