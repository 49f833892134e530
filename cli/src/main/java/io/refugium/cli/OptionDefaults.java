package io.refugium.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option's value comes from when it is not on the command line: first the environment, in
 * which {@code --some-name} is {@code REFUGIUM_SOME_NAME}, then the configuration file, where it is
 * {@code some-name}.
 */
final class OptionDefaults implements IDefaultValueProvider {

  /** Options that only make sense on a command line. */
  private static final Set<String> NOT_SETTINGS = Set.of("--help", "--version", "--config");

  private final Map<String, String> environment;
  private final Map<String, String> file;

  OptionDefaults(Map<String, String> environment, Map<String, String> file) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || NOT_SETTINGS.contains(option.longestName())) {
      return null;
    }
    String name = option.longestName();
    String value = environment.get(variable(name));
    return value != null ? value : file.get(setting(name));
  }

  /**
   * Makes sure that a misspelt setting does not go unnoticed.
   *
   * @throws CommandFailure if the file sets something that is no option of the command
   */
  void requireKnown(CommandSpec command) {
    var unknown = new TreeSet<>(file.keySet());
    for (OptionSpec option : command.options()) {
      if (!NOT_SETTINGS.contains(option.longestName())) {
        unknown.remove(setting(option.longestName()));
      }
    }
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          "The configuration file has unknown settings: " + String.join(", ", unknown));
    }
  }

  /** The environment variable for an option's name. */
  static String variable(String option) {
    return "REFUGIUM_" + setting(option).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String setting(String option) {
    return option.replaceFirst("^-+", "");
  }
}
