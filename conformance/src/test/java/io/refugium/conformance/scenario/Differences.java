package io.refugium.conformance.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an answer is not what was recorded. Placeholders and saved values count as what they stand
 * for.
 */
final class Differences {

  private static final String ANYTHING = "<*>";
  private static final double RELATIVE_ERROR = 1e-12;
  private static final int SHOWN = 300;

  private final Variables variables;
  private final List<String> found = new ArrayList<>();

  private Differences(Variables variables) {
    this.variables = variables;
  }

  /** All differences; none if the answer is as expected. */
  static List<String> between(JsonNode want, JsonNode got, Variables variables) {
    var differences = new Differences(variables);
    differences.compare(want, got, "$");
    return differences.found;
  }

  private void compare(JsonNode expected, JsonNode got, String where) {
    JsonNode want = expected;
    if (Variables.isOnly(want, "$var")) {
      want = variables.get(want.get("$var").asString());
    }
    if (want != null && want.isString() && placeholder(want.stringValue(), got, where)) {
      return;
    }
    switch (want) {
      case ObjectNode object when got.isObject() -> compareObjects(object, got, where);
      case ArrayNode array when got.isArray() -> compareArrays(array, got, where);
      case null -> differ("a value that was never saved", got, where);
      default -> {
        if (!same(want, got)) {
          differ(shown(want), got, where);
        }
      }
    }
  }

  /** True if this text is a placeholder, whether it fits or not, or a pattern that fits. */
  private boolean placeholder(String want, JsonNode got, String where) {
    switch (want) {
      case "<any>" -> {}
      case "<string>" -> require(got.isString(), "a string", got, where);
      case "<number>" -> require(got.isNumber(), "a number", got, where);
      default -> {
        String filled = variables.fill(want);
        if (got.isString()
            && (filled.equals(got.stringValue()) || matches(filled, got.stringValue()))) {
          return true;
        }
        differ(shown(filled), got, where);
      }
    }
    return true;
  }

  private static boolean matches(String want, String got) {
    if (!want.contains(ANYTHING)) {
      return false;
    }
    String pattern =
        Arrays.stream(want.split(Pattern.quote(ANYTHING), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+?"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(got).matches();
  }

  private void compareObjects(ObjectNode want, JsonNode got, String where) {
    var names = new ArrayList<String>();
    want.forEachEntry(
        (unfilled, value) -> {
          String name = variables.fill(unfilled);
          names.add(name);
          JsonNode field = got.get(name);
          if (field != null) {
            compare(value, field, where + "." + name);
          } else if (!(value.isString() && value.stringValue().equals("<any>"))) {
            found.add(where + "." + name + ": missing, want " + shown(value));
          }
        });
    for (String name : got.propertyNames()) {
      if (!names.contains(name)) {
        found.add(where + "." + name + ": unexpected " + shown(got.get(name)));
      }
    }
  }

  private void compareArrays(ArrayNode want, JsonNode got, String where) {
    if (want.size() != got.size()) {
      differ(want.size() + " elements", got, where);
      return;
    }
    for (int i = 0; i < want.size(); i++) {
      compare(want.get(i), got.get(i), where + "[" + i + "]");
    }
  }

  /** Equal in kind and value; integers and decimals are different kinds. */
  private static boolean same(JsonNode want, JsonNode got) {
    if (want.isIntegralNumber() && got.isIntegralNumber()) {
      return want.bigIntegerValue().equals(got.bigIntegerValue());
    }
    if (want.isFloatingPointNumber() && got.isFloatingPointNumber()) {
      double value = want.doubleValue();
      return Math.abs(value - got.doubleValue()) <= RELATIVE_ERROR * Math.max(1, Math.abs(value));
    }
    return want.equals(got);
  }

  private void require(boolean fits, String want, JsonNode got, String where) {
    if (!fits) {
      differ(want, got, where);
    }
  }

  private void differ(String want, JsonNode got, String where) {
    found.add(where + ": want " + want + ", got " + shown(got));
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
