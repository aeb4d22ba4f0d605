# The realm of the shop, for Terraform or OpenTofu. Not run by this project, which only looks whether the settings exist and their values are allowed.
terraform {
  required_providers {
    keycloak = {
      source  = "keycloak/keycloak"
      version = "~> 5.0"
    }
  }
}

variable "shop_url" { type = string }
variable "google_client_id" { type = string }
variable "google_client_secret" {
  type      = string
  sensitive = true
}
variable "discord_client_id" { type = string }
variable "discord_client_secret" {
  type      = string
  sensitive = true
}

resource "keycloak_realm" "shop" {
  realm       = "shop"
  enabled     = true
  login_theme = "social-exchange"
}

resource "keycloak_openid_client" "spa" {
  realm_id                   = keycloak_realm.shop.id
  client_id                  = "shop-spa"
  name                       = "The shop's front end"
  access_type                = "PUBLIC"
  standard_flow_enabled      = true
  pkce_code_challenge_method = "S256"
  valid_redirect_uris        = ["${var.shop_url}/*"]
  web_origins                = [var.shop_url]
}

resource "keycloak_authentication_flow" "first_login" {
  realm_id    = keycloak_realm.shop.id
  alias       = "shop first login"
  description = "A new user, or one who is linked by an address that both sides have verified"
}

resource "keycloak_authentication_execution" "create_user" {
  realm_id          = keycloak_realm.shop.id
  parent_flow_alias = keycloak_authentication_flow.first_login.alias
  authenticator     = "idp-create-user-if-unique"
  requirement       = "ALTERNATIVE"
  priority          = 10
}

resource "keycloak_authentication_execution" "link_by_email" {
  realm_id          = keycloak_realm.shop.id
  parent_flow_alias = keycloak_authentication_flow.first_login.alias
  authenticator     = "social-exchange-link-by-email"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_execution_config" "link" {
  realm_id     = keycloak_realm.shop.id
  execution_id = keycloak_authentication_execution.link_by_email.id
  alias        = "shop link"
  config = {
    linkUnverified = "refuse"
    linkNotify     = "true"
  }
}

resource "keycloak_oidc_google_identity_provider" "google" {
  realm                         = keycloak_realm.shop.id
  client_id                     = var.google_client_id
  client_secret                 = var.google_client_secret
  trust_email                   = true
  sync_mode                     = "IMPORT"
  first_broker_login_flow_alias = keycloak_authentication_flow.first_login.alias
  extra_config = {
    # a reference, not a text: the client has to be there first
    exchangeClients = keycloak_openid_client.spa.client_id
    exchangeNonce   = "required"
    exchangeMaxAge  = "600"
  }
}

# A type that Keycloak lacks goes by the resource for any provider: its own addresses win over what has to be entered here.
resource "keycloak_oidc_identity_provider" "discord" {
  realm                         = keycloak_realm.shop.id
  alias                         = "discord"
  provider_id                   = "discord"
  authorization_url             = "https://discord.com/oauth2/authorize"
  token_url                     = "https://discord.com/api/oauth2/token"
  client_id                     = var.discord_client_id
  client_secret                 = var.discord_client_secret
  trust_email                   = true
  sync_mode                     = "IMPORT"
  first_broker_login_flow_alias = keycloak_authentication_flow.first_login.alias
  extra_config = {
    exchangeClients    = keycloak_openid_client.spa.client_id
    exchangeTokenTypes = "access_token##authorization_code"
  }
}
