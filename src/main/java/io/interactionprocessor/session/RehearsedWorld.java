package io.interactionprocessor.session;

import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.FailureCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What stands for the world around a {@link Rehearsal}: a node that is always well, agents who are who they say, no operator. */
final class RehearsedWorld {
    private RehearsedWorld() {}

    record Place(String node) implements Ports.Place {
        @Override
        public boolean quorum() {
            return true;
        }

        @Override
        public boolean isMember(String other) {
            return true;
        }

        @Override
        public Ports.Share share() {
            return new Ports.Share(0, 1);
        }

        @Override
        public Optional<String> hostOf(String processor, SessionId session) {
            return Optional.of(node);
        }

        @Override
        public boolean accepting() {
            return true;
        }

        @Override
        public String nameOf(String other) {
            return other;
        }
    }

    static final class Credentials implements Ports.Credentials {
        @Override
        public CompletionStage<Result> verify(String of, String agent, Secret password, String remote) {
            return CompletableFuture.completedFuture(new Result(Verdict.VALID, 0));
        }

        @Override
        public Optional<String> nameOf(String of, String agent) {
            return Optional.of(agent);
        }
    }

    static final class Audit implements Ports.Audit {
        @Override
        public void happened(Happening what) {}

        @Override
        public void compared(int sessions, Ports.Discrepancies found) {}

        @Override
        public String internalError(String errorId, Throwable fault) {
            return errorId;
        }

        @Override
        public void loginRefused(
                String errorId, FailureCode code, String processor, Optional<String> agent, String remote) {}
    }
}
