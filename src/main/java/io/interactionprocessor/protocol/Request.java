package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Secret;

/**
 * Everything a client can send (protocol 2, 3, 4, 7), read and checked: one record for each request. {@code original} is
 * the client's whole message as JSON text, for the {@code original} of a failure; where it held a password it is redacted.
 */
public sealed interface Request {
    /** Returns the client's id for this request, 1 to 128 characters. */
    String requestId();

    /** Returns the client's message as JSON text, redacted. */
    String original();

    /** Requests about the connection itself and its bindings (protocol 3). */
    sealed interface Core extends Request {
        /** Returns the {@code command} as it stands on the wire. */
        String command();
    }

    /** Requests to a service (protocol 4). */
    sealed interface Service extends Request {
        /** Returns the addressed service. */
        String serviceId();

        /** Returns the {@code command} as it stands on the wire. */
        String command();
    }

    /** {@code getServices}; {@code type} null: all. */
    record GetServices(String requestId, String type, String original) implements Core {
        @Override
        public String command() {
            return "getServices";
        }
    }

    /** {@code bindService}. */
    record BindService(String requestId, String serviceId, String original) implements Core {
        @Override
        public String command() {
            return "bindService";
        }
    }

    /** {@code unbindService}. */
    record UnbindService(String requestId, String serviceId, String original) implements Core {
        @Override
        public String command() {
            return "unbindService";
        }
    }

    /** {@code bindResource}; {@code resumeKey} and {@code lastSequence} null when the client gave none (protocol 6.3). */
    record BindResource(
            String requestId, String serviceId, String resourceId, String resumeKey, Long lastSequence, String original)
            implements Core {
        /** Without the resume key, which the client's text holds too: whoever has it has the session. */
        @Override
        public String toString() {
            return "BindResource[requestId=" + requestId + ", serviceId=" + serviceId + ", resourceId=" + resourceId
                    + ", lastSequence=" + lastSequence + ']';
        }

        @Override
        public String command() {
            return "bindResource";
        }
    }

    /** {@code unbindResource}. */
    record UnbindResource(String requestId, String serviceId, String resourceId, String original) implements Core {
        @Override
        public String command() {
            return "unbindResource";
        }
    }

    /** {@code ping}. */
    record Ping(String requestId, String original) implements Core {
        @Override
        public String command() {
            return "ping";
        }
    }

    /** A core command there is none of: answered with {@code unknownCommand}. */
    record UnknownCore(String requestId, String command, String original) implements Core {}

    /**
     * {@code prepareSession} (protocol 4.1).
     *
     * @param model the call model, or null for the default one (missing or blank on the wire)
     * @param password the password, or a stand-in of an earlier {@code confirm}
     * @param data the request's {@code data} as JSON text, the password as {@code "***"}
     */
    record PrepareSession(
            String requestId,
            String serviceId,
            String model,
            boolean override,
            String agent,
            Secret password,
            String data,
            String original)
            implements Service {

        /** Without the client's text: it can hold a password, if the operator has them echoed. */
        @Override
        public String toString() {
            return "PrepareSession[requestId=" + requestId + ", serviceId=" + serviceId + ", model=" + model
                    + ", override=" + override + ", agent=" + agent + ']';
        }

        @Override
        public String command() {
            return "prepareSession";
        }
    }

    /** {@code getCapabilities} (protocol 4.2). */
    record GetCapabilities(String requestId, String serviceId, String original) implements Service {
        @Override
        public String command() {
            return "getCapabilities";
        }
    }

    /** A service request with an impossible {@code data}: a failure {@code invalidRequest} that names the field. */
    record InvalidService(
            String requestId, String serviceId, String command, String field, String message, String original)
            implements Service {

        /** Without the client's text: it can hold a password, if the operator has them echoed. */
        @Override
        public String toString() {
            return "InvalidService[requestId=" + requestId + ", serviceId=" + serviceId + ", command=" + command
                    + ", field=" + field + ", message=" + message + ']';
        }
    }

    /** A service command there is none of: answered with {@code unknownCommand}. */
    record UnknownService(String requestId, String serviceId, String command, String original) implements Service {

        /** Without the client's text: it can hold a password, if the operator has them echoed. */
        @Override
        public String toString() {
            return "UnknownService[requestId=" + requestId + ", serviceId=" + serviceId + ", command=" + command + ']';
        }
    }

    /**
     * A request to a session resource (protocol 7.1).
     *
     * @param commandName the command as the client wrote it, echoed in the response
     * @param target the dotted path, as the client wrote it
     * @param command what it asks for, or null if there is no such command
     */
    record Resource(
            String requestId,
            String serviceId,
            String resourceId,
            String commandName,
            String target,
            SessionCommand command,
            String original)
            implements Request {}
}
