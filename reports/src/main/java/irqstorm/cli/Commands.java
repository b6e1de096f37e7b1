// SPDX-License-Identifier: Apache-2.0
package irqstorm.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands, in the order in which help lists them. */
enum Commands {
    COMPARE,
    RUN,
    EXPLORE,
    MEASURE,
    REPORT,
    VALIDATE,
    LIST,
    PROFILES,
    DEVICES,
    ADVISE,
    SCHEMA,
    COMPLETION,
    HELP;

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    /** The command line with every command. */
    static CommandLine all(Console console) {
        CommandLine root = root();
        for (Commands command : values()) {
            command.addTo(root, console);
        }
        return root;
    }

    /**
     * The command line that {@code args} need: with the one command they begin with, since building all of them takes longer than most
     * of them run, or with every command if they begin with something else.
     */
    static CommandLine of(String[] args, Console console) {
        for (Commands command : values()) {
            if (command != HELP && args.length > 0 && command.label().equals(args[0])) {
                CommandLine root = root();
                command.addTo(root, console);
                return root;
            }
        }
        return all(console);
    }

    private static CommandLine root() {
        CommandLine root = new CommandLine(new RootCommand());
        CommandSpec spec = root.getCommandSpec();
        spec.addOption(helpOption());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and exit.")
                .build());
        spec.version(Version.line());
        return root;
    }

    private void addTo(CommandLine root, Console console) {
        CommandLine command = new CommandLine(create(console));
        if (this != HELP) {
            command.getCommandSpec().addOption(helpOption());
            command.getSubcommands()
                    .values()
                    .forEach(part -> part.getCommandSpec().addOption(helpOption()));
        }
        root.addSubcommand(label(), command);
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Object create(Console console) {
        return switch (this) {
            case COMPARE -> new CompareCommand(console);
            case RUN -> new RunCommand(console);
            case EXPLORE -> new ExploreCommand(console);
            case MEASURE -> new MeasureCommand(console);
            case REPORT -> new ReportCommand(console);
            case VALIDATE -> new ValidateCommand(console);
            case LIST -> new ListCommand(console);
            case PROFILES -> new ProfilesCommand(console);
            case DEVICES -> new DevicesCommand(console);
            case ADVISE -> new AdviseCommand(console);
            case SCHEMA -> new SchemaCommand(console);
            case COMPLETION -> new CompletionCommand(console);
            case HELP -> new HelpCommand();
        };
    }
}
