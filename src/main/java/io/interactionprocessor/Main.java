package io.interactionprocessor;

import io.interactionprocessor.cluster.HeadStart;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line. Exit status: 0 done, 1 it went wrong, 2 the command line or the configuration is wrong. */
@Command(
        name = "interaction-processor",
        description = "Between agents' desktops and the phone system of a contact centre.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnExecutionException = Main.FAILURE)
public final class Main implements Runnable {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private static final List<Class<?>> COMMANDS = List.of(
            NodeCommand.class,
            DemoCommand.class,
            TortureCommand.class,
            BenchCommand.class,
            BaselineCommand.class,
            CheckConfigCommand.class,
            HashPasswordCommand.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        // Before anything touches the common pool: with a parallelism of 1, as on up to two processors, the JDK starts
        // a new
        // thread for each asynchronous callback, and the grid has many.
        if (System.getProperty("java.util.concurrent.ForkJoinPool.common.parallelism") == null) {
            System.setProperty(
                    "java.util.concurrent.ForkJoinPool.common.parallelism",
                    Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())));
        }
        Logging.start();
        if (args.length > 0 && args[0].equals(NodeCommand.NAME)) {
            HeadStart.begin();
        }
        System.exit(commandLine(args).execute(args));
    }

    /**
     * Returns what parses these arguments. It knows the command that they name, or all of them if none is named: to look
     * through all with reflection makes each start longer.
     */
    static CommandLine commandLine(String... args) {
        String name = args.length == 0 ? "" : args[0];
        CommandLine line = new CommandLine(new Main());
        COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .findFirst()
                .ifPresentOrElse(line::addSubcommand, () -> COMMANDS.forEach(line::addSubcommand));
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
                    PrintWriter err = command.getErr();
                    if (failure instanceof Refusal refusal) {
                        err.println(failure.getMessage());
                        return refusal.status();
                    }
                    err.println(command.getCommandName() + ": " + failure);
                    return FAILURE;
                })
                .setParameterExceptionHandler((failure, arguments) -> {
                    failure.getCommandLine().getErr().println(failure.getMessage() + "; --help shows what there is");
                    return USAGE;
                });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
