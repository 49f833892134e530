package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A type as written in a {@code let} annotation, a function signature or a field of a schema
 * (language specification, section 8.2). Names are not resolved yet.
 */
public sealed interface TypeExpression {

  Span span();

  /**
   * {@code Name} or {@code Name<A, B>}; {@code Any} and {@code Never} included. Dotted names keep
   * their dots.
   */
  record Named(Span span, Name name, List<TypeExpression> arguments) implements TypeExpression {
    public Named {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code true} or {@code false}. */
  record BooleanValue(Span span, boolean value) implements TypeExpression {}

  /** The type of one integer. */
  record IntegerValue(Span span, long value) implements TypeExpression {}

  /** The type of one string. */
  record StringValue(Span span, String value) implements TypeExpression {}

  /** {@code { a: T, *: U }} or {@code { a: T, ... }}; at most one of the two endings. */
  record ObjectType(Span span, List<Field> fields, Optional<TypeExpression> wildcard, boolean open)
      implements TypeExpression {
    public ObjectType {
      fields = List.copyOf(fields);
    }

    /**
     * One {@code key: type}, with a default value only where a schema may give one ({@code key:
     * type = value}).
     */
    public record Field(Name key, TypeExpression type, Optional<Expression> defaultValue) {}
  }

  /** {@code [T, U]}, {@code (T, U)} or the empty tuple. */
  record Tuple(Span span, List<TypeExpression> elements) implements TypeExpression {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /** {@code (a: A, ...rest: B) => R}. */
  record Function(
      Span span, List<Parameter> parameters, Optional<Parameter> rest, TypeExpression result)
      implements TypeExpression {
    public Function {
      parameters = List.copyOf(parameters);
    }

    /** A parameter, named or not. For a rest parameter the type is that of one argument. */
    public record Parameter(Optional<Name> name, TypeExpression type) {}
  }

  /** {@code A | B}. */
  record Union(Span span, List<TypeExpression> members) implements TypeExpression {
    public Union {
      members = List.copyOf(members);
    }
  }

  /** {@code A & B}. */
  record Intersection(Span span, List<TypeExpression> members) implements TypeExpression {
    public Intersection {
      members = List.copyOf(members);
    }
  }

  /** {@code T?}, that is {@code T | Null}. */
  record Nullable(Span span, TypeExpression type) implements TypeExpression {
    /** The span of the question mark. */
    public Span mark() {
      return new Span(span.source(), span.end() - 1, span.end());
    }
  }
}
