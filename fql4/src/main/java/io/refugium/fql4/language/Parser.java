package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From JSON to expressions: which object is which form, which variable is which slot (spec: FQL v4,
 * section 3). One parser reads one query or lambda; not thread-safe.
 *
 * <p>Of the parts of an array, an object or a call only the first failing one reports; a {@code
 * let} reports every binding. Unbound variables are reported all, but only when nothing else is
 * wrong.
 */
final class Parser {
  private static final Set<String> LET = Set.of("let", "in");
  private static final Set<String> IF = Set.of("if", "then", "else");
  private static final Set<String> LAMBDA = Set.of("lambda", "expr");
  private static final Set<String> VERSIONED_LAMBDA = Set.of("lambda", "expr", "api_version");
  private static final String IGNORED = "_";

  /** What stands for the id of a document that is a hole. */
  private static final StringValue ANY_ID = new StringValue("0");

  /** The forms that a {@code @set} literal may hold. */
  private static final Set<Set<String>> SET_FORMS =
      Set.of(
          Set.of("match"),
          Set.of("match", "terms"),
          Set.of("match", "index"),
          Set.of("documents"),
          Set.of("singleton"),
          Set.of("events"),
          Set.of("union"),
          Set.of("intersection"),
          Set.of("difference"),
          Set.of("distinct"),
          Set.of("reverse"),
          Set.of("range", "from", "to"),
          Set.of("filter", "collection"),
          Set.of("join", "with"));

  private final Library library;
  private final boolean stored;
  private final List<Fql4Error> unbound = new ArrayList<>();
  private ApiVersion version;
  private Scope scope = new Scope(null, null, -1, false);
  private int slots;

  /**
   * A binding and those around it. A barrier hides what lies beyond it: a lambda value notes what
   * it captures there.
   */
  private record Scope(Scope outer, String name, int slot, boolean barrier) {}

  /** What the innermost lambda value uses from outside, by name; null outside of lambda values. */
  private Map<String, Integer> captured;

  /**
   * @param stored whether the text is the body of a stored lambda, whose positions follow its
   *     normal form
   */
  private Parser(Library library, ApiVersion version, boolean stored) {
    this.library = library;
    this.version = version;
    this.stored = stored;
  }

  /** Reads a query. */
  static Program parse(Library library, ApiVersion version, Value json) {
    return parse(library, version, json, 0);
  }

  /** Reads a query with so many holes, each the variable in its slot. */
  static Program parse(Library library, ApiVersion version, Value json, int holes) {
    Parser parser = new Parser(library, version, false);
    parser.slots = holes;
    Expr expr = parser.expr(json, Position.ROOT);
    Failures.throwIfAny(parser.unbound);
    return new Program(expr, parser.slots);
  }

  /** Reads a stored lambda. */
  static CompiledLambda parse(Library library, LambdaValue value) {
    ApiVersion version = ApiVersion.of(value.apiVersion()).orElse(ApiVersion.V2_12);
    Parser parser = new Parser(library, version, true);
    Lambda lambda =
        parser.lambda(value.parameters(), value.body(), Position.ROOT, Position.ROOT.at("lambda"));
    Failures.throwIfAny(parser.unbound);
    return new CompiledLambda(lambda, parser.slots);
  }

  /** Reads JSON as data: only the {@code @} literals in it mean something. */
  static Program parseQuoted(Library library, ApiVersion version, Value json) {
    Parser parser = new Parser(library, version, false);
    return new Program(parser.quoted(json, Position.ROOT), parser.slots);
  }

  // ---- Expressions

  private Expr expr(Value json, Position position) {
    return switch (json) {
      case ArrayValue array -> array(array, position);
      case ObjectValue object -> form(object, position);
      case Hole(int slot) -> new Expr.Variable(position, slot);
      default -> new Expr.Constant(position, json);
    };
  }

  private Expr array(ArrayValue array, Position position) {
    List<Expr> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      elements.add(expr(array.get(i), position.at(i)));
    }
    return constantIfPossible(new Expr.Array(position, elements), elements);
  }

  private Expr form(ObjectValue object, Position position) {
    Set<String> keys = new HashSet<>(object.names());
    if (keys.size() == 1) {
      Expr special = specialForm(object, object.names().getFirst(), position);
      if (special != null) {
        return special;
      }
    } else if (keys.equals(LET)) {
      return let(object, position);
    } else if (keys.equals(IF)) {
      return new Expr.If(
          position,
          expr(object.get("if"), position.at("if")),
          expr(object.get("then"), position.at("then")),
          expr(object.get("else"), position.at("else")));
    }
    Function function = library.find(version, keys);
    if (function == null) {
      throw Errors.unknownForm(position, object.names());
    }
    return call(function, object, position);
  }

  /** Forms of one key that are no functions; null for the others. */
  private Expr specialForm(ObjectValue object, String key, Position position) {
    Value payload = object.get(key);
    return switch (key) {
      case "var" -> variable(payload, position);
      case "object" -> fields(payload, position);
      case "do" -> steps(payload, position);
      case "quote" -> quoted(payload, position.at("quote"));
      case "query" -> new Expr.Query(position, lambdaValue(payload, position.at("query")));
      case "and", "or" ->
          version.isAtLeast(ApiVersion.V3) ? junction(key, payload, position) : null;
      case "@obj" -> wrapped(payload, position);
      default -> Literals.TAGS.contains(key) ? literal(key, payload, position) : null;
    };
  }

  private Expr call(Function function, ObjectValue object, Position position) {
    List<Parameter> parameters = function.parameters();
    Expr[] arguments = new Expr[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      Parameter parameter = parameters.get(i);
      Value json = object.get(parameter.key());
      if (json != null) {
        Position at = position.at(parameter.key());
        arguments[i] = isLambda(parameter, json) ? lambdaLiteral(json, at) : expr(json, at);
      }
    }
    return new Expr.Apply(position, function, Arrays.asList(arguments));
  }

  private static boolean isLambda(Parameter parameter, Value json) {
    return parameter.kind().equals(Kind.LAMBDA)
        || (parameter.kind().equals(Kind.LAMBDA_OR_ANY)
            && json instanceof ObjectValue object
            && new HashSet<>(object.names()).equals(LAMBDA));
  }

  private Expr variable(Value payload, Position position) {
    if (!(payload instanceof StringValue name)) {
      throw Errors.wrongSyntax(position.at("var"), "String", Types.nameOf(payload));
    }
    Integer slot = lookUp(name.value());
    if (slot == null) {
      unbound.add(Errors.unboundVariable(position, name.value()));
      return new Expr.Variable(position, 0);
    }
    return new Expr.Variable(position, slot);
  }

  private Integer lookUp(String name) {
    boolean outside = false;
    for (Scope s = scope; s != null; s = s.outer) {
      outside |= s.barrier;
      if (name.equals(s.name)) {
        if (outside && captured != null) {
          captured.put(name, s.slot);
        }
        return s.slot;
      }
    }
    return null;
  }

  private int bind(String name) {
    scope = new Scope(scope, name, slots, false);
    return slots++;
  }

  private Expr fields(Value payload, Position position) {
    Position at = position.at("object");
    if (!(payload instanceof ObjectValue object)) {
      throw Errors.wrongSyntax(at, "Object", Types.nameOf(payload));
    }
    ObjectValue data = unwrapFields(object, at, position);
    List<String> names = data.names();
    List<Expr> values = new ArrayList<>(names.size());
    for (String name : names) {
      values.add(expr(data.get(name), at.at(name)));
    }
    return constantIfPossible(new Expr.Fields(position, names, values), values);
  }

  /**
   * The map of fields or bindings without its {@code @obj}; a lone literal tag without one is that
   * literal, which is not what is wanted here.
   */
  private ObjectValue unwrapFields(ObjectValue object, Position position, Position form) {
    String only = object.size() == 1 ? object.names().getFirst() : "";
    if (!Literals.TAGS.contains(only)) {
      return object;
    }
    if (only.equals("@obj")) {
      if (object.get(only) instanceof ObjectValue data) {
        return data;
      }
      throw Errors.invalidLiteral(position, "object");
    }
    Expr literal = literal(only, object.get(only), position);
    throw Errors.wrongSyntax(form, "Object", typeName(literal));
  }

  private static String typeName(Expr literal) {
    return switch (literal) {
      case Expr.Constant constant -> Types.nameOf(constant.value());
      case Expr.RefLiteral ref -> ref.form().typeName();
      case Expr.Query _ -> "Lambda";
      default -> "Set";
    };
  }

  private Expr let(ObjectValue object, Position position) {
    Scope outer = scope;
    Position at = position.at("let");
    List<Expr> bindings = new ArrayList<>();
    List<Integer> names = new ArrayList<>();
    List<Fql4Error> errors = null;
    switch (object.get("let")) {
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          try {
            String name = bindingName(array.get(i), at.at(i));
            Position where = stored ? at.at(name) : at.at(i).at(name);
            binding(name, ((ObjectValue) array.get(i)).get(name), where, names, bindings);
          } catch (Fql4Exception failure) {
            errors = Failures.add(errors, failure);
          }
        }
      }
      case ObjectValue map -> {
        ObjectValue data = unwrapFields(map, at, position);
        for (String name : data.names()) {
          try {
            binding(name, data.get(name), at.at(name), names, bindings);
          } catch (Fql4Exception failure) {
            errors = Failures.add(errors, failure);
            bind(name);
          }
        }
      }
      case Value other -> throw Errors.wrongSyntax(at, "Array", Types.nameOf(other));
    }
    Expr in = null;
    try {
      in = expr(object.get("in"), position.at("in"));
    } catch (Fql4Exception failure) {
      errors = Failures.add(errors, failure);
    }
    scope = outer;
    Failures.throwIfAny(errors);
    return new Expr.Let(
        position, names.stream().mapToInt(Integer::intValue).toArray(), bindings, in);
  }

  private static String bindingName(Value binding, Position position) {
    if (binding instanceof ObjectValue object && object.size() == 1) {
      return object.names().getFirst();
    }
    throw Errors.wrongSyntax(position, "Object", Types.nameOf(binding));
  }

  private void binding(
      String name, Value json, Position position, List<Integer> names, List<Expr> bindings) {
    bindings.add(expr(json, position));
    names.add(bind(name));
  }

  private Expr steps(Value payload, Position position) {
    Position at = position.at("do");
    if (!(payload instanceof ArrayValue array)) {
      throw Errors.wrongSyntax(at, "Array", Types.nameOf(payload));
    }
    return new Expr.Do(position, list(array, at));
  }

  private Expr junction(String key, Value payload, Position position) {
    Position at = position.at(key);
    if (payload instanceof ArrayValue array) {
      return new Expr.Junction(position, key, list(array, at));
    }
    return new Expr.Junction(position, key, List.of(expr(payload, at)));
  }

  private List<Expr> list(ArrayValue array, Position at) {
    if (array.size() == 0) {
      throw Errors.emptyExpressionList(at);
    }
    List<Expr> parts = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      parts.add(expr(array.get(i), at.at(i)));
    }
    return parts;
  }

  /** The payload of an {@code @obj} that stands for an expression: a form, nothing else. */
  private Expr wrapped(Value payload, Position position) {
    if (payload instanceof ObjectValue object) {
      return form(object, stored ? position : position.at("@obj"));
    }
    throw Errors.invalidLiteral(position, "object");
  }

  // ---- Lambdas

  private Expr lambdaLiteral(Value json, Position position) {
    return new Expr.LambdaLiteral(position, argumentLambda(json, position));
  }

  private Lambda argumentLambda(Value json, Position position) {
    if (!(json instanceof ObjectValue object)) {
      throw Errors.wrongSyntax(position, "Lambda", Types.nameOf(json));
    }
    if (!new HashSet<>(object.names()).equals(LAMBDA)) {
      throw Errors.unknownForm(position, object.names());
    }
    Position arity = "lambda".equals(position.lastKey()) ? position : position.at("lambda");
    return capturing(object.get("lambda"), object.get("expr"), position, arity);
  }

  private Lambda lambdaValue(Value json, Position position) {
    return argumentLambda(json, position);
  }

  /** Reads a lambda and notes which outer variables it uses. */
  private Lambda capturing(Value parameters, Value body, Position position, Position arity) {
    Scope outer = scope;
    Map<String, Integer> outerCaptured = captured;
    captured = new LinkedHashMap<>();
    scope = new Scope(scope, null, -1, true);
    Lambda lambda = lambda(parameters, body, position, arity);
    scope = outer;
    List<Lambda.Captured> free =
        captured.entrySet().stream()
            .map(e -> new Lambda.Captured(e.getKey(), e.getValue()))
            .toList();
    captured = outerCaptured;
    for (Lambda.Captured variable : free) {
      lookUp(variable.name());
    }
    return new Lambda(
        lambda.position(),
        lambda.aritySite(),
        lambda.pattern(),
        lambda.destructures(),
        lambda.body(),
        version,
        parameters,
        body,
        free);
  }

  private Lambda lambda(Value parameters, Value body, Position position, Position arity) {
    Scope outer = scope;
    Position at = position.at("lambda");
    int[] pattern;
    switch (parameters) {
      case StringValue name -> pattern = new int[] {parameter(name)};
      case ArrayValue array -> {
        pattern = new int[array.size()];
        for (int i = 0; i < pattern.length; i++) {
          if (!(array.get(i) instanceof StringValue name)) {
            throw Errors.wrongSyntax(at.at(i), "String", Types.nameOf(array.get(i)));
          }
          pattern[i] = parameter(name);
        }
      }
      case Value other -> throw Errors.wrongSyntax(at, "String or Array", Types.nameOf(other));
    }
    Expr compiled = expr(body, position.at("expr"));
    scope = outer;
    return new Lambda(
        position,
        arity,
        pattern,
        parameters instanceof ArrayValue,
        compiled,
        version,
        parameters,
        body,
        List.of());
  }

  private int parameter(StringValue name) {
    return name.value().equals(IGNORED) ? -1 : bind(name.value());
  }

  // ---- Literals

  private Expr literal(String tag, Value payload, Position position) {
    return switch (tag) {
      case "@ref" -> refLiteral(payload, position);
      case "@set" -> setLiteral(payload, position);
      case "@ts" -> new Expr.Constant(position, Literals.time(payload, position));
      case "@date" -> new Expr.Constant(position, Literals.date(payload, position));
      case "@bytes" -> new Expr.Constant(position, Literals.bytes(payload, position));
      case "@uuid" -> new Expr.Constant(position, Literals.uuid(payload, position));
      case "@query" -> queryLiteral(payload, position);
      default -> wrapped(payload, position);
    };
  }

  private static Expr refLiteral(Value payload, Position position) {
    if (payload instanceof ObjectValue fields && fields.get("id") instanceof Hole(int slot)) {
      RefForm form = RefForm.read(fields.with("id", ANY_ID), position);
      if (form instanceof RefForm.Numbered document) {
        return new Expr.DocumentLiteral(position, document.collection(), slot);
      }
      throw Errors.invalidLiteral(position, "ref");
    }
    return new Expr.RefLiteral(position, RefForm.read(payload, position));
  }

  /** An {@code @query}: read in its own version, without the variables around it. */
  private Expr queryLiteral(Value payload, Position position) {
    if (!(payload instanceof ObjectValue object)) {
      throw Errors.invalidLiteral(position, "lambda");
    }
    Set<String> keys = new HashSet<>(object.names());
    boolean versioned = keys.equals(VERSIONED_LAMBDA);
    if (!versioned && !keys.equals(LAMBDA)) {
      throw Errors.invalidLiteral(position, "lambda");
    }
    ApiVersion own = versioned ? versionOf(object.get("api_version"), position) : ApiVersion.V2_12;
    ApiVersion outerVersion = version;
    Scope outerScope = scope;
    Map<String, Integer> outerCaptured = captured;
    int unboundBefore = unbound.size();
    try {
      version = own;
      scope = new Scope(null, null, -1, false);
      captured = null;
      Lambda lambda =
          lambda(object.get("lambda"), object.get("expr"), position, position.at("lambda"));
      if (unbound.size() > unboundBefore) {
        throw Errors.invalidLiteral(position, "lambda");
      }
      return new Expr.Query(position, lambda);
    } finally {
      while (unbound.size() > unboundBefore) {
        unbound.removeLast();
      }
      version = outerVersion;
      scope = outerScope;
      captured = outerCaptured;
    }
  }

  private static ApiVersion versionOf(Value text, Position position) {
    return (text instanceof StringValue name
            ? ApiVersion.of(name.value())
            : java.util.Optional.<ApiVersion>empty())
        .orElseThrow(() -> Errors.invalidLiteral(position, "lambda"));
  }

  /**
   * A {@code @set}: the set function of these keys over literal arguments, whose errors count as
   * errors of the expression.
   */
  private Expr setLiteral(Value payload, Position position) {
    if (payload instanceof ObjectValue object && object.size() == 1 && object.has("@ref")) {
      return literal("@ref", object.get("@ref"), position);
    }
    if (!(payload instanceof ObjectValue object)
        || !SET_FORMS.contains(new HashSet<>(object.names()))) {
      throw Errors.invalidLiteral(position, "set");
    }
    Function function = library.find(version, new HashSet<>(object.names()));
    Expr[] arguments = new Expr[function.parameters().size()];
    for (int i = 0; i < arguments.length; i++) {
      Parameter parameter = function.parameters().get(i);
      Value json = object.get(parameter.key());
      if (json != null) {
        arguments[i] = setArgument(parameter, json, position.at(parameter.key()));
      }
    }
    return new Expr.SetLiteral(
        position, new Expr.Apply(position, function, Arrays.asList(arguments)));
  }

  private Expr setArgument(Parameter parameter, Value json, Position at) {
    if (parameter.key().equals("filter") || parameter.key().equals("with")) {
      if (json instanceof ObjectValue object && object.has("lambda")) {
        Expr.Query query = (Expr.Query) queryLiteral(json, at);
        return new Expr.LambdaLiteral(at, query.lambda());
      }
      throw Errors.invalidLiteral(at, "lambda");
    }
    if (parameter.key().equals("events")
        && json instanceof ObjectValue object
        && !object.has("@ref")
        && !object.has("@set")) {
      return setLiteral(json, at);
    }
    return quoted(json, at);
  }

  private Expr quoted(Value json, Position position) {
    return switch (json) {
      case ArrayValue array -> {
        List<Expr> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
          elements.add(quoted(array.get(i), position.at(i)));
        }
        yield constantIfPossible(new Expr.Array(position, elements), elements);
      }
      case ObjectValue object -> quotedObject(object, position);
      default -> new Expr.Constant(position, json);
    };
  }

  private Expr quotedObject(ObjectValue object, Position position) {
    String only = object.size() == 1 ? object.names().getFirst() : "";
    ObjectValue data = object;
    if (only.equals("@obj")) {
      if (!(object.get(only) instanceof ObjectValue wrapped)) {
        throw Errors.invalidLiteral(position, "object");
      }
      data = wrapped;
    } else if (Literals.TAGS.contains(only)) {
      return literal(only, object.get(only), position);
    }
    List<String> names = data.names();
    List<Expr> values = new ArrayList<>(names.size());
    for (String name : names) {
      values.add(quoted(data.get(name), position.at(name)));
    }
    return constantIfPossible(new Expr.Fields(position, names, values), values);
  }

  /** An array or object of constants is a constant itself. */
  private static Expr constantIfPossible(Expr expr, List<Expr> parts) {
    for (Expr part : parts) {
      if (!(part instanceof Expr.Constant)) {
        return expr;
      }
    }
    return new Expr.Constant(expr.position(), expr.eval(null));
  }
}
