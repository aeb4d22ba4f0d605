#!/usr/bin/env bash
# Makes the realm of the shop with Keycloak's own kcadm.sh, which has to be on the path and signed in.
# Takes SHOP_URL, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET from the environment.
set -euo pipefail
realm=shop

provider() { # ALIAS CLIENT-ID CLIENT-SECRET SETTINGS…
  local alias=$1 id=$2 secret=$3 entry config
  shift 3
  config="\"clientId\":\"$id\",\"clientSecret\":\"$secret\",\"syncMode\":\"IMPORT\""
  for entry in "$@"; do config+=",\"${entry%%=*}\":\"${entry#*=}\""; done
  kcadm.sh create identity-provider/instances -r $realm -f - <<END
{ "alias": "$alias", "providerId": "$alias", "enabled": true, "trustEmail": true, "firstBrokerLoginFlowAlias": "shop first login", "config": { $config } }
END
}

kcadm.sh create realms -s realm=$realm -s enabled=true -s loginTheme=social-exchange -s eventsEnabled=true

# the client first: a provider that names one that is not there is refused
kcadm.sh create clients -r $realm -s clientId=shop-spa -s publicClient=true -s directAccessGrantsEnabled=false \
  -s "redirectUris=[\"$SHOP_URL/*\"]" -s "webOrigins=[\"$SHOP_URL\"]" -s 'attributes={"pkce.code.challenge.method":"S256"}'

# A new user, or one who is linked by an address that both sides have verified. What is none of these needs a browser.
kcadm.sh create authentication/flows -r $realm -s alias='shop first login' -s providerId=basic-flow -s topLevel=true -s builtIn=false
flow=authentication/flows/shop%20first%20login/executions
kcadm.sh create $flow/execution -r $realm -s provider=idp-create-user-if-unique
kcadm.sh create $flow/execution -r $realm -s provider=social-exchange-link-by-email
priority=0
for step in $(kcadm.sh get $flow -r $realm --format csv --noquotes --fields id); do
  priority=$((priority + 10))
  kcadm.sh update $flow -r $realm -b "{\"id\":\"$step\",\"requirement\":\"ALTERNATIVE\",\"priority\":$priority}"
done

provider google "$GOOGLE_CLIENT_ID" "$GOOGLE_CLIENT_SECRET" exchangeClients=shop-spa exchangeNonce=required exchangeMaxAge=600
provider discord "$DISCORD_CLIENT_ID" "$DISCORD_CLIENT_SECRET" exchangeClients=shop-spa 'exchangeTokenTypes=access_token##authorization_code'
