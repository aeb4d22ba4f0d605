// Signs in, looks who it is, refreshes and signs out, by Supabase's own client; a line of JSON for each.
import {createClient} from "@supabase/supabase-js";

const {url, provider, token, nonce, bad} = JSON.parse(process.argv[2]);
const supabase = createClient(url, "the-key-of-the-app", {
  auth: {persistSession: false, autoRefreshToken: false, detectSessionInUrl: false},
  realtime: {transport: class {}},
});

function tell(step, {data, error}) {
  console.log(JSON.stringify({
    step,
    user: data?.user ?? null,
    session: data?.session ? {expires_at: data.session.expires_at, refresh_token: data.session.refresh_token} : null,
    error: error ? {name: error.name, status: error.status ?? null, code: error.code ?? null, message: error.message} : null,
  }));
}

tell("refused", await supabase.auth.signInWithIdToken({provider, token: bad, nonce}));
const signedIn = await supabase.auth.signInWithIdToken({provider, token, nonce});
tell("signed in", signedIn);
tell("user", await supabase.auth.getUser());
tell("refreshed", await supabase.auth.refreshSession());
const after = (await supabase.auth.getSession()).data.session;
tell("signed out", await supabase.auth.signOut());
tell("refresh after", await supabase.auth.refreshSession({refresh_token: after.refresh_token}));
tell("user after", await supabase.auth.getUser(after.access_token));
