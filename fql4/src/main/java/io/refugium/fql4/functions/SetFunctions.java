package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.IDENTIFIER;
import static io.refugium.fql4.language.Kind.LAMBDA_OR_ANY;
import static io.refugium.fql4.language.Kind.REF;
import static io.refugium.fql4.language.Kind.SET;
import static io.refugium.fql4.language.Kind.SET_OR_ARRAY;
import static io.refugium.fql4.language.Kind.STRING_OR_INDEX;
import static io.refugium.fql4.language.Kind.oneOrMore;
import static io.refugium.fql4.language.Kind.zeroOrMore;

import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Closure;
import io.refugium.fql4.language.CompiledLambda;
import io.refugium.fql4.language.Effect;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Failures;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.Frame;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.Shape;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Union, intersection and difference of arrays; set constructors (spec: FQL v4, 6.3, 7.3). */
final class SetFunctions {
  private SetFunctions() {}

  static void define(Library library) {
    library
        .define("match", STRING_OR_INDEX)
        .optional("terms", zeroOrMore(ANY))
        .as(call -> match(call, 0, 1));
    library
        .define("match", zeroOrMore(ANY))
        .with("index", STRING_OR_INDEX)
        .as(call -> match(call, 1, 0));
    library.define("singleton", REF).as(call -> new SetValue.Singleton((Ref) call.value(0)));
    library.define("events", IDENTIFIER).as(SetFunctions::events);
    library.define("range", SET).with("from", ANY).with("to", ANY).as(SetFunctions::range);
    library.define("join", SET).with("with", LAMBDA_OR_ANY).as(SetFunctions::join);
    algebra(library, "union", SetFunctions::unionOf, SetValue.Union::new);
    algebra(library, "intersection", SetFunctions::intersectionOf, SetValue.Intersection::new);
    algebra(library, "difference", SetFunctions::differenceOf, SetValue.Difference::new);
  }

  // ---- Constructors

  private static Value match(Call call, int indexArgument, int termsArgument) {
    Ref index = index(call, call.value(indexArgument));
    List<Value> terms = call.has(termsArgument) ? call.list(termsArgument) : List.of();
    List<Value> plain = new ArrayList<>(terms.size());
    for (Value term : terms) {
      if (term instanceof UnresolvedRef) {
        throw Errors.wrongKind(call.position(termsArgument), "Any", Types.nameOf(term));
      }
      plain.add(Plain.of(term));
    }
    return new SetValue.Match(index, plain);
  }

  /**
   * An index that can be used. Errors are at the key {@code index}, whichever key it was given
   * with.
   */
  private static Ref index(Call call, Value index) {
    Position at = call.position().at("index");
    Session session = call.evaluation().session();
    if (index instanceof StringValue(String name)) {
      IndexDef definition = session.catalog().index(name);
      if (definition == null) {
        throw Errors.invalidRef(
            at, NativeCollections.word(SystemCollections.INDEX, call.version()), name);
      }
      return usable(definition, at);
    }
    Ref ref = (Ref) index;
    Catalog catalog = session.catalog(ref.scope());
    if (catalog == null) {
      throw Errors.permissionDenied(at);
    }
    IndexDef definition = catalog.index((int) ref.id());
    if (definition == null || definition.document() == null) {
      throw Errors.notFound(at, NativeCollections.title(SystemCollections.INDEX, call.version()));
    }
    return usable(definition, at);
  }

  private static Ref usable(IndexDef index, Position at) {
    if (!index.isActive()) {
      throw Errors.inactiveIndex(at, index.name());
    }
    return index.document().ref();
  }

  private static Value events(Call call) {
    if (call.value(0) instanceof SetValue set && Shape.of(set, call.evaluation()).events()) {
      throw Errors.noEvents(call.position());
    }
    return new SetValue.Events(call.value(0));
  }

  /** Both bounds report. */
  private static Value range(Call call) {
    List<Fql4Error> errors = null;
    Value[] bounds = new Value[2];
    for (int i = 0; i < 2; i++) {
      try {
        Value bound = call.value(i + 1);
        Comparison.requireResolved(
            bound instanceof ArrayValue(List<Value> several) ? several : List.of(bound),
            call.position(i + 1),
            call.version());
        bounds[i] = Plain.of(bound);
      } catch (Fql4Exception failure) {
        errors = Failures.add(errors, failure);
      }
    }
    Failures.throwIfAny(errors);
    return new SetValue.Range(call.value(0), bounds[0], bounds[1]);
  }

  private static Value join(Call call) {
    Value with =
        switch (call.value(1)) {
          case Closure lambda -> pure(call, lambda.captured());
          case LambdaValue stored -> {
            CompiledLambda compiled = call.evaluation().language().compile(stored);
            yield pure(
                call,
                new Closure(compiled.lambda(), new Frame(call.evaluation(), compiled.slots())));
          }
          case Ref index when index.collection() == SystemCollections.INDEX -> index(call, index);
          case UnresolvedRef unresolved -> throw unresolved.error(call.position(1), call.version());
          case Value other ->
              throw Errors.wrongKind(call.position(1), "Lambda or Index Ref", Types.nameOf(other));
        };
    return new SetValue.Join(call.value(0), with, call.position());
  }

  private static Closure pure(Call call, Closure lambda) {
    if (lambda.lambda().body().effect().exceeds(Effect.PURE)) {
      throw Errors.impureLambda(call.position(1), "read, write, or call a user function");
    }
    return lambda;
  }

  // ---- Algebra; a lone array of operands is the list of them

  /** What an operator makes of its operands. */
  @FunctionalInterface
  private interface Operator<T> {
    Value apply(List<T> operands);
  }

  private static void algebra(
      Library library, String name, Operator<List<Value>> ofArrays, Operator<Value> ofSets) {
    library
        .define(name, oneOrMore(SET_OR_ARRAY))
        .as(
            call -> {
              List<Value> operands = call.list(0);
              long arrays = operands.stream().filter(ArrayValue.class::isInstance).count();
              if (arrays == operands.size()) {
                return ofArrays.apply(
                    operands.stream().map(operand -> ((ArrayValue) operand).values()).toList());
              }
              if (arrays > 0) {
                throw Errors.mixedOperands(call.position(0));
              }
              if (operands.size() > 1 && !Shape.areCompatible(operands, call.evaluation())) {
                throw Errors.incompatibleSets(call.position(0));
              }
              return ofSets.apply(operands);
            });
  }

  /**
   * Each distinct value as often as in the operand that has it most often, grouped where it first
   * appears.
   */
  private static Value unionOf(List<List<Value>> operands) {
    Map<Value, Integer> most = new LinkedHashMap<>();
    for (List<Value> operand : operands) {
      counts(operand).forEach((value, count) -> most.merge(value, count, Math::max));
    }
    List<Value> result = new ArrayList<>();
    most.forEach((value, count) -> result.addAll(java.util.Collections.nCopies(count, value)));
    return new ArrayValue(result);
  }

  /** Each value as often as all operands have it, in the order of the first. */
  private static Value intersectionOf(List<List<Value>> operands) {
    List<Value> result = operands.getFirst();
    for (List<Value> operand : operands.subList(1, operands.size())) {
      Map<Value, Integer> left = counts(operand);
      List<Value> kept = new ArrayList<>();
      for (Value value : result) {
        if (left.getOrDefault(value, 0) > 0) {
          left.merge(value, -1, Integer::sum);
          kept.add(value);
        }
      }
      result = kept;
    }
    return new ArrayValue(result);
  }

  /** The first operand without one occurrence for each in the others. */
  private static Value differenceOf(List<List<Value>> operands) {
    List<Value> result = operands.getFirst();
    for (List<Value> operand : operands.subList(1, operands.size())) {
      Map<Value, Integer> removed = counts(operand);
      List<Value> kept = new ArrayList<>();
      for (Value value : result) {
        if (removed.getOrDefault(value, 0) > 0) {
          removed.merge(value, -1, Integer::sum);
        } else {
          kept.add(value);
        }
      }
      result = kept;
    }
    return new ArrayValue(result);
  }

  private static Map<Value, Integer> counts(List<Value> values) {
    Map<Value, Integer> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts;
  }
}
