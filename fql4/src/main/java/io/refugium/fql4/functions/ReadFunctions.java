package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.COLLECTION_REF;
import static io.refugium.fql4.language.Kind.IDENTIFIER;
import static io.refugium.fql4.language.Kind.NULL;
import static io.refugium.fql4.language.Kind.STRING;
import static io.refugium.fql4.language.Kind.TRANSACTION_TIME;

import io.refugium.access.AccessException;
import io.refugium.access.Lookup;
import io.refugium.access.V4Access;
import io.refugium.access.V4Identity;
import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Evaluation;
import io.refugium.fql4.language.Kind;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Place;
import io.refugium.fql4.language.SessionSets;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.Times;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.Versions;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.function.Supplier;

/** Reading single documents (spec: FQL v4, 6.5). Pages are in {@link PageFunctions}. */
final class ReadFunctions {
  private ReadFunctions() {}

  static void define(Library library) {
    library
        .define("at", TRANSACTION_TIME)
        .withLazy("expr", Kind.ANY)
        .free()
        .as(call -> at(call, 0, () -> call.force(1)));
    library
        .define("get", IDENTIFIER)
        .optional("ts", TRANSACTION_TIME)
        .reads()
        .as(call -> at(call, 1, () -> get(call)));
    library
        .define("exists", ReadFunctions::identifierOrUnresolved)
        .optional("ts", TRANSACTION_TIME)
        .reads()
        .as(call -> at(call, 1, () -> Call.of(exists(call))));
    library.define("key_from_secret", STRING).reads().as(ReadFunctions::keyFromSecret);
    library
        .define("documents", COLLECTION_REF)
        .as(call -> new SetValue.Documents((Ref) call.value(0)));
    library
        .define("new_id", NULL)
        .alias("next_id")
        .writes()
        .as(call -> Call.of(Long.toString(call.evaluation().session().newId())));
  }

  /** Runs something at the time that an optional argument gives. */
  static <T> T at(Call call, int argument, Supplier<T> body) {
    return call.has(argument)
        ? call.evaluation().at(micros(call.value(argument)), body)
        : body.get();
  }

  /** A time of the wire in microseconds; the unresolved transaction time is the present. */
  static long micros(Value time) {
    return time instanceof TimeValue instant ? Times.toMicros(instant.value()) : Transaction.NOW;
  }

  private static Value identifierOrUnresolved(Value value, Place place) {
    return value instanceof UnresolvedRef ? value : IDENTIFIER.cast(value, place);
  }

  private static Value get(Call call) {
    Value of = call.value(0);
    V4Access access = call.evaluation().session().v4();
    long at = call.evaluation().validTime();
    if (of instanceof Ref ref && !NativeCollections.isNative(ref)) {
      return version(call, ref, access.get(ref, at));
    }
    Ref first = first(call, of);
    return version(call, first, access.getFirst(first, at));
  }

  private static Ref first(Call call, Value set) {
    Ref first = new SessionSets(call.evaluation()).firstDocument(set, call.position(0));
    if (first == null) {
      throw Errors.notFound(call.position(), "Set");
    }
    return first;
  }

  private static Value version(Call call, Ref ref, Lookup found) {
    return switch (found) {
      case Lookup.Found(Document document) -> Versions.of(document);
      case Lookup.Missing _ ->
          throw Errors.notFound(
              call.position(), NativeCollections.title(ref.collection(), call.version()));
      case Lookup.Denied _ -> throw Errors.permissionDenied(call.position());
    };
  }

  private static boolean exists(Call call) {
    Evaluation evaluation = call.evaluation();
    return switch (call.value(0)) {
      case UnresolvedRef _ -> false;
      case Ref ref when !NativeCollections.isNative(ref) ->
          evaluation.session().v4().exists(ref, evaluation.validTime());
      case Value set -> !evaluation.sets().isEmpty(set, call.position(0));
    };
  }

  private static Value keyFromSecret(Call call) {
    V4Identity identity = call.evaluation().session().v4().identity();
    try {
      Ref database = identity.databaseOfJwt(call.string(0));
      if (database != null) {
        return ObjectValue.of("database", database);
      }
    } catch (AccessException.Denied _) {
      throw Errors.permissionDenied(call.position());
    }
    Document document = identity.keyFromSecret(call.string(0));
    if (document == null || document.ref().scope() != call.evaluation().session().scope()) {
      throw Errors.noKeyForSecret(call.position(), call.string(0));
    }
    return Versions.of(document);
  }
}
