package io.refugium.fsl.print;

import io.refugium.fql10.syntax.TypeExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints types (schema specification, section 8.7). */
public final class TypeText {
  private TypeText() {}

  /** The canonical text of a type, on one line. */
  public static String print(TypeExpression type) {
    return switch (type) {
      case TypeExpression.Named named -> named(named);
      case TypeExpression.BooleanValue value -> Boolean.toString(value.value());
      case TypeExpression.IntegerValue value -> Long.toString(value.value());
      case TypeExpression.StringValue value -> Quotes.quote(value.value());
      case TypeExpression.ObjectType object -> object(object);
      case TypeExpression.Tuple tuple ->
          tuple.elements().stream()
              .map(TypeText::print)
              .collect(Collectors.joining(", ", "[", "]"));
      case TypeExpression.Function function -> function(function);
      case TypeExpression.Union union -> operands(union.members(), " | ");
      case TypeExpression.Intersection both -> operands(both.members(), " & ");
      case TypeExpression.Nullable nullable -> operand(nullable.type()) + "?";
    };
  }

  private static String named(TypeExpression.Named named) {
    return named.arguments().isEmpty()
        ? named.name().text()
        : named.arguments().stream()
            .map(TypeText::print)
            .collect(Collectors.joining(", ", named.name().text() + "<", ">"));
  }

  private static String object(TypeExpression.ObjectType object) {
    List<String> members = new ArrayList<>();
    for (TypeExpression.ObjectType.Field field : object.fields()) {
      String text = Quotes.key(field.key().text()) + ": " + print(field.type());
      members.add(
          field
              .defaultValue()
              .map(value -> text + " = " + ExpressionPrinter.print(value, 0))
              .orElse(text));
    }
    object.wildcard().ifPresent(type -> members.add("*: " + print(type)));
    if (object.open()) {
      members.add("...");
    }
    return members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
  }

  private static String function(TypeExpression.Function function) {
    List<String> parameters = new ArrayList<>();
    for (TypeExpression.Function.Parameter parameter : function.parameters()) {
      parameters.add(name(parameter) + print(parameter.type()));
    }
    function.rest().ifPresent(rest -> parameters.add(name(rest) + "..." + print(rest.type())));
    boolean bare =
        parameters.size() == 1
            && function.rest().isEmpty()
            && function.parameters().getFirst().name().isEmpty();
    String list = bare ? parameters.getFirst() : "(" + String.join(", ", parameters) + ")";
    return list + " => " + print(function.result());
  }

  private static String name(TypeExpression.Function.Parameter parameter) {
    return parameter.name().map(name -> name.text() + ": ").orElse("");
  }

  private static String operands(List<TypeExpression> members, String operator) {
    return members.stream().map(TypeText::operand).collect(Collectors.joining(operator));
  }

  private static String operand(TypeExpression type) {
    boolean compound =
        type instanceof TypeExpression.Function
            || type instanceof TypeExpression.Union
            || type instanceof TypeExpression.Intersection;
    return compound ? "(" + print(type) + ")" : print(type);
  }
}
