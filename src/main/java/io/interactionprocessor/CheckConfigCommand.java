package io.interactionprocessor;

import io.interactionprocessor.config.ConfigException;
import io.interactionprocessor.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code check-config FILE}: whether a node would start with this file alone. */
@Command(name = "check-config", description = "Say whether a configuration file is right; status 0 if it is, 2 if not.")
final class CheckConfigCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file; neither the environment nor --set is looked at.")
    private String file;

    @Override
    public Integer call() {
        try {
            ConfigLoader.load(file, Map.of(), List.of());
        } catch (ConfigException e) {
            throw Refusal.of(e);
        }
        spec.commandLine().getOut().println(file + ": ok");
        return Main.SUCCESS;
    }
}
