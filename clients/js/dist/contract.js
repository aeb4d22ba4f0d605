export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
export const REFRESH_TOKEN = 'urn:ietf:params:oauth:token-type:refresh_token';
export const JWT = 'urn:ietf:params:oauth:token-type:jwt';
export const CODE = 'urn:keycloak:social-exchange:token-type:authorization_code';
export const SIGNED_DATA = 'urn:keycloak:social-exchange:token-type:signed_data';
