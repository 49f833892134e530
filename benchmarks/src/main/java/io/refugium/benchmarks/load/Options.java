package io.refugium.benchmarks.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run is asked to do: {@code name=value} arguments.
 *
 * @param arguments those that were given
 */
record Options(Map<String, String> arguments) {
  private static final Set<String> KNOWN =
      Set.of(
          "documents",
          "seconds",
          "warmup",
          "connections",
          "protocol",
          "languages",
          "workloads",
          "peer",
          "minutes",
          "share",
          "with",
          "rounds",
          "rate");

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException when one is unknown
   */
  static Options parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length < 2 || !KNOWN.contains(parts[0])) {
        throw new IllegalArgumentException(
            "unknown argument " + argument + "; known are " + KNOWN.stream().sorted().toList());
      }
      values.put(parts[0], parts[1]);
    }
    return new Options(values);
  }

  /** Sizes of data sets, in to-dos. */
  List<Integer> documents(String absent) {
    return numbers("documents", absent);
  }

  /** How long a measured window is. */
  double seconds() {
    return Double.parseDouble(text("seconds", "5"));
  }

  /** How long the same load runs before it is measured, at most: until the JIT rests. */
  double warmup() {
    return Double.parseDouble(text("warmup", "40"));
  }

  List<Integer> connections() {
    return numbers("connections", "8");
  }

  /** How requests travel: {@code HTTP1}, {@code HTTP2} or both. */
  List<Connection.Protocol> protocols() {
    return words("protocol", "HTTP1").map(Connection.Protocol::valueOf).toList();
  }

  List<Language> languages() {
    return words("languages", "FQL4,FQL10").map(Language::valueOf).toList();
  }

  /** The workloads of a language that were asked for; {@code absent} when none was named. */
  List<Workload> workloads(Language language, String absent) {
    Set<String> names = Set.copyOf(words("workloads", absent).toList());
    return language.workloads().stream()
        .filter(workload -> names.isEmpty() || names.contains(workload.name()))
        .toList();
  }

  /** How PostgreSQL is reached that runs beside: {@code tcp}, {@code socket}, or {@code none}. */
  Optional<PostgresPeer.Way> peer() {
    String way = text("peer", "tcp");
    return way.equals("none")
        ? Optional.empty()
        : Optional.of(PostgresPeer.Way.valueOf(way.toUpperCase(Locale.ROOT)));
  }

  /** The other checkout, to compare with. */
  Path with() {
    return Path.of(text("with", "."));
  }

  /** How often two servers take turns. */
  int rounds() {
    return Integer.parseInt(text("rounds", "10"));
  }

  /** How long a soak lasts. */
  double minutes() {
    return Double.parseDouble(text("minutes", "60"));
  }

  /** Which part of the highest rate a soak asks for. */
  double share() {
    return Double.parseDouble(text("share", "0.5"));
  }

  /** Requests a second that a soak asks for; 0 for a {@link #share} of the highest rate. */
  double rate() {
    return Double.parseDouble(text("rate", "0"));
  }

  private String text(String name, String absent) {
    return arguments.getOrDefault(name, absent);
  }

  private Stream<String> words(String name, String absent) {
    return Arrays.stream(text(name, absent).split(",")).filter(word -> !word.isEmpty());
  }

  private List<Integer> numbers(String name, String absent) {
    return words(name, absent).map(Integer::valueOf).toList();
  }
}
