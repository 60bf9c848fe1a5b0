/**
 * Who an agent is: the port {@link io.interactionprocessor.auth.CredentialVerifier}, the verifier for agents that stand in
 * the configuration, and the limit on failed logins. Nothing here tells an unknown agent from a wrong password, neither by
 * its answer nor by the work it takes.
 */
package io.interactionprocessor.auth;
