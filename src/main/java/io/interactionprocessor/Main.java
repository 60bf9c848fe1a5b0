package io.interactionprocessor;

/** The command line. */
public final class Main {
    static final String USAGE = """
            Usage: interaction-processor COMMAND
            """;

    private Main() {}

    public static void main(String[] args) {
        System.out.print(USAGE);
        System.exit(args.length == 0 ? 2 : 0);
    }
}
