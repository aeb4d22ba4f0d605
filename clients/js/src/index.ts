export { postTo } from './address.js';
export type {
  Answer,
  Exchanged,
  Failure,
  Granted,
  LaterReason,
  Linked,
  Links,
  Lost,
  PersonNeeded,
  PersonReason,
  Refreshed,
  Refused,
  RefusedReason,
  Resumed,
  TryLater,
  TurnedBack,
  Unlinked,
} from './answer.js';
export { RealmError } from './answer.js';
export { RealmClient } from './client.js';
export * from './contract.js';
export type { Interaction, Login } from './login.js';
export { nonceOf } from './login.js';
export type { Reason, Reasons } from './reasons.js';
export { Session } from './session.js';
export type { ExchangeOptions, Keep, LoginOptions, Prover, Retry, Settings } from './settings.js';
