package io.interactionprocessor.protocol;

/**
 * The {@code failure.context} of a fault of this service (protocol 4.1): an id that the log has too, and the stack if the
 * operator exposes it. Never an exception's message: it might quote what the client sent, and that might be a password.
 */
public final class ErrorContext {
    private static final int FRAMES = 12;

    private ErrorContext() {}

    /** Returns what the client is told. */
    public static String of(String errorId, Throwable error, boolean exposesStack) {
        return exposesStack ? errorId + ": " + stackOf(error) : errorId;
    }

    /** Returns an exception's class and stack, and those of its causes, on one line. */
    public static String stackOf(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = error; each != null; each = each.getCause()) {
            text.append(each == error ? "" : " caused by ")
                    .append(each.getClass().getName());
            StackTraceElement[] frames = each.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" < ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
