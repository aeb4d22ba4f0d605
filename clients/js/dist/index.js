export { postTo } from './address.js';
export { RealmError } from './answer.js';
export { RealmClient } from './client.js';
export * from './contract.js';
export { nonceOf } from './login.js';
export { Session } from './session.js';
