package io.interactionprocessor;

import io.interactionprocessor.auth.CredentialVerifier;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.session.Ports;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The session core's credentials port over the processors' verifiers. */
final class AgentCredentials implements Ports.Credentials {
    private final Map<String, CredentialVerifier> verifiers;

    AgentCredentials(Map<String, CredentialVerifier> verifiers) {
        this.verifiers = Map.copyOf(verifiers);
    }

    @Override
    public CompletionStage<Result> verify(String processor, String agent, Secret password, String remote) {
        return verifiers
                .get(processor)
                .verify(agent, password, remote)
                .map(AgentCredentials::result)
                .toCompletionStage();
    }

    private static Result result(io.interactionprocessor.auth.Verdict verdict) {
        if (verdict instanceof io.interactionprocessor.auth.Verdict.TooManyAttempts tooMany) {
            return new Result(Verdict.TOO_MANY_ATTEMPTS, tooMany.retryAfterSeconds());
        }
        return new Result(
                verdict instanceof io.interactionprocessor.auth.Verdict.Valid ? Verdict.VALID : Verdict.INVALID, 0);
    }

    @Override
    public Optional<String> nameOf(String processor, String agent) {
        return verifiers.get(processor).nameOf(agent);
    }
}
