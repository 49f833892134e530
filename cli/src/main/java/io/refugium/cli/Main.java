package io.refugium.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code refugium}: a family of subcommands, none of which does any work here. */
@Command(
    name = "refugium",
    description = "A document-relational database server that speaks FQL v4 and v10.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {StartCommand.class, BackupCommand.class, RehearseCommand.class})
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command line and exits with its status: 0 success, 1 failure, 2 wrong usage. */
  public static void main(String[] arguments) {
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    leaveRoomForShortRequests();
    System.exit(
        run(
            List.of(arguments),
            System.getenv(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            err));
  }

  /**
   * Requests run on one thread more than there are processors, and no more long computations at
   * once than processors: a thread is always there for short ones. To be said before there is any
   * virtual thread.
   */
  private static void leaveRoomForShortRequests() {
    String parallelism = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(parallelism) == null) {
      int threads = Runtime.getRuntime().availableProcessors() + 1;
      System.setProperty(parallelism, Integer.toString(threads));
    }
  }

  /**
   * Runs a command line without ending the process.
   *
   * @param environment where options that are not given are looked up
   * @return the exit status
   */
  static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    try {
      Map<String, String> file =
          ConfigFile.find(arguments, environment).map(ConfigFile::read).orElse(Map.of());
      return commandLine(new OptionDefaults(environment, file))
          .setOut(out)
          .setErr(err)
          .execute(arguments.toArray(String[]::new));
    } catch (CommandFailure e) {
      return tell(e, err);
    }
  }

  private static CommandLine commandLine(OptionDefaults defaults) {
    var commandLine =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(Main::report)
            .setParameterExceptionHandler(Main::explain)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setDefaultValueProvider(defaults);
    defaults.requireKnown(commandLine.getSubcommands().get("start").getCommandSpec());
    return commandLine;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /**
   * A failure that has a message for people is told in one line; anything else is a fault of ours.
   */
  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailure expected) {
      return tell(expected, command.getErr());
    }
    throw failure;
  }

  private static int tell(CommandFailure failure, PrintWriter err) {
    err.println("refugium: " + failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int explain(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("refugium: " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
      command.usage(command.getErr());
    }
    return CommandLine.ExitCode.USAGE;
  }
}
