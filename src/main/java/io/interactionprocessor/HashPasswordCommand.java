package io.interactionprocessor;

import io.interactionprocessor.auth.PasswordHash;
import io.interactionprocessor.model.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hash-password}: what to write into the configuration instead of a password. */
@Command(
        name = "hash-password",
        description = "Read a password, without echo, or the first line of standard input; print its hash.")
final class HashPasswordCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Secret password = read();
        if (password.reveal().isEmpty()) {
            throw new Refusal(
                    Main.USAGE, "hash-password: the password is empty; type one, or send one line to standard input");
        }
        spec.commandLine().getOut().println(new PasswordHash().hash(password));
        return Main.SUCCESS;
    }

    private static Secret read() throws IOException {
        Optional<Console> terminal = terminal();
        if (terminal.isPresent()) {
            char[] typed = terminal.get().readPassword("Password: ");
            return Secret.of(typed == null ? "" : new String(typed));
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        return Secret.of(line == null ? "" : line);
    }

    /** Up to Java 21 there is no console without a terminal; from 22 on there always is, and it can be asked. */
    @SuppressWarnings("SystemConsoleNull") // that is what the rest of the method is about
    private static Optional<Console> terminal() {
        Console console = System.console();
        try {
            boolean terminal = console != null
                    && (Runtime.version().feature() < 22
                            || (boolean) Console.class.getMethod("isTerminal").invoke(console));
            return terminal ? Optional.of(console) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
