/**
 * What apps send and expect that were made for another back end and cannot be changed any more: each shape reads its requests into what is meant by
 * them, and writes answers in its own form. Plain Java about JSON. Never enters: a session, a model, a decision about who may come in.
 */
package dev.socialexchange.keycloak.shape;
