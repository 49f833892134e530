package io.refugium.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A configuration file: one {@code name=value} a line, the names being those of {@code start}'s
 * options without their dashes.
 */
final class ConfigFile {

  private static final String OPTION = "--config";

  private ConfigFile() {}

  /**
   * The file that a command line or, failing that, the environment names. It has to be known before
   * the rest is parsed.
   */
  static Optional<Path> find(List<String> arguments, Map<String, String> environment) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(OPTION + "=")) {
        return Optional.of(Path.of(argument.substring(OPTION.length() + 1)));
      }
      if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        return Optional.of(Path.of(arguments.get(i + 1)));
      }
    }
    return Optional.ofNullable(environment.get(OptionDefaults.variable(OPTION))).map(Path::of);
  }

  /**
   * Reads a file.
   *
   * @throws CommandFailure if it cannot be read
   */
  static Map<String, String> read(Path file) {
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("There is no configuration file " + file, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "Cannot read the configuration file " + file + ": " + e.getMessage(), e);
    }
    var settings = new TreeMap<String, String>();
    properties.forEach((name, value) -> settings.put((String) name, ((String) value).strip()));
    return settings;
  }
}
