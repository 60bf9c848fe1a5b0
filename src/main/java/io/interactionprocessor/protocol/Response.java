package io.interactionprocessor.protocol;

import java.util.List;
import java.util.Map;

/**
 * Everything the service answers to a request (protocol 2 to 5): exactly one for each. Texts named {@code data} and
 * {@code original} are JSON.
 */
public sealed interface Response {
    /** Returns the client's id for the request; null only in a {@link CoreError} to a message that had none. */
    String requestId();

    /** Success of a core request; {@code data} null: {@code {}}. */
    record CoreSuccess(String requestId, String command, Object data) implements Response {}

    /** Failure of a core request. */
    record CoreFailure(String requestId, String command, Failure failure, String original) implements Response {
        /** Without the client's text: it can hold a resume key. */
        @Override
        public String toString() {
            return "CoreFailure[requestId=" + requestId + ", command=" + command + ", failure=" + failure + ']';
        }
    }

    /** The message could not be understood. */
    record CoreError(String requestId, Failure failure) implements Response {}

    /** The addressed service does not exist or is not bound by this client. */
    record ServiceError(String requestId, String serviceId, Failure failure) implements Response {}

    /** The addressed resource does not exist or is not bound by this client. */
    record ResourceError(String requestId, String serviceId, String resourceId, Failure failure) implements Response {}

    /** {@code prepareSession} succeeded; {@code data} is the request's, redacted. */
    record SessionPrepared(String requestId, String serviceId, String resourceId, String data) implements Response {

        /** Without the client's text: it can hold a password or its stand-in. */
        @Override
        public String toString() {
            return "SessionPrepared[requestId=" + requestId + ", serviceId=" + serviceId + ", resourceId=" + resourceId
                    + ']';
        }
    }

    /**
     * {@code prepareSession} asks back: the agent has a session already (protocol 4.1).
     *
     * @param since when it began, milliseconds since 1970-01-01 UTC
     * @param state its state
     * @param node the node it lives on
     * @param calls how many interactions it has open
     * @param original the request with a one-time stand-in for the password
     */
    record SessionConfirm(
            String requestId,
            String serviceId,
            String message,
            long since,
            String state,
            String node,
            int calls,
            String original)
            implements Response {

        /** Without the client's text: it can hold a password or its stand-in. */
        @Override
        public String toString() {
            return "SessionConfirm[requestId=" + requestId + ", serviceId=" + serviceId + ", message=" + message + ']';
        }
    }

    /** Success of a service request other than {@code prepareSession}. */
    record ServiceSuccess(String requestId, String serviceId, String command, Map<String, Object> data)
            implements Response {}

    /** Failure of a service request. */
    record ServiceFailure(String requestId, String serviceId, String command, Failure failure, String original)
            implements Response {

        /** Without the client's text: it can hold a password or its stand-in. */
        @Override
        public String toString() {
            return "ServiceFailure[requestId=" + requestId + ", serviceId=" + serviceId + ", command=" + command
                    + ", failure=" + failure + ']';
        }
    }

    /** Success of a resource request; {@code snapshot} only for {@code session.snapshot}, else null. */
    record ResourceSuccess(
            String requestId, String serviceId, String resourceId, String command, String target, Snapshot snapshot)
            implements Response {}

    /** Failure of a resource request. */
    record ResourceFailure(
            String requestId,
            String serviceId,
            String resourceId,
            String command,
            String target,
            Failure failure,
            String original)
            implements Response {}

    /** The {@code data} of a successful {@code getServices}. */
    record Services(List<ServiceObject> services) {
        public Services {
            services = List.copyOf(services);
        }
    }

    /** The {@code data} of a successful {@code bindResource} (protocol 3, 6.2, 6.3). */
    record Bound(String resumeKey, long epoch, boolean resumed, String state) {
        /** Without the resume key: whoever has it has the session. */
        @Override
        public String toString() {
            return "Bound[epoch=" + epoch + ", resumed=" + resumed + ", state=" + state + ']';
        }
    }

    /** The {@code data} of a successful {@code ping}: milliseconds since 1970-01-01 UTC, ISO-8601 on the wire. */
    record Pong(long time) {}
}
