package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The methods and properties of a kind of values or of a module. Immutable. */
public final class Members {
  /** No members at all. */
  public static final Members NONE = builder().build();

  private final Map<String, Method> methods;
  private final Map<String, Property> properties;

  private Members(Map<String, Method> methods, Map<String, Property> properties) {
    this.methods = methods;
    this.properties = properties;
  }

  /**
   * A member that is accessed without parentheses.
   *
   * @param type its type for the type checker
   */
  public record Property(String name, String type, String doc, Getter getter) {}

  /** Computes a property. */
  @FunctionalInterface
  public interface Getter {
    Value get(QueryContext context, Value self);
  }

  /** The method of this name, or null. */
  public Method method(String name) {
    return methods.get(name);
  }

  /** The property of this name, or null. */
  public Property property(String name) {
    return properties.get(name);
  }

  public Collection<Method> methods() {
    return methods.values();
  }

  public Collection<Property> properties() {
    return properties.values();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Declares members; a method of a name that exists becomes a further overload of it. */
  public static final class Builder {
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Map<String, Property> properties = new LinkedHashMap<>();

    private Builder() {}

    /** A method without effects of its own. */
    public Builder method(String notation, String doc, Method.Body body) {
      return method(Effect.PURE, notation, doc, body);
    }

    /** A method with an effect. */
    public Builder method(Effect effect, String notation, String doc, Method.Body body) {
      Method method = Method.of(notation, effect, doc, body);
      methods.merge(method.name(), method, (known, more) -> known.or(more.overloads().getFirst()));
      return this;
    }

    /** A property, as {@code name: Type}. */
    public Builder property(String notation, String doc, Getter getter) {
      int colon = notation.indexOf(':');
      String name = notation.substring(0, colon).strip();
      String type = Signature.staticType(notation.substring(colon + 1).strip());
      properties.put(name, new Property(name, type, doc, getter));
      return this;
    }

    /** All members of another table. */
    public Builder all(Members others) {
      methods.putAll(others.methods);
      properties.putAll(others.properties);
      return this;
    }

    public Members build() {
      return new Members(
          java.util.Collections.unmodifiableMap(new LinkedHashMap<>(methods)),
          java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties)));
    }
  }
}
