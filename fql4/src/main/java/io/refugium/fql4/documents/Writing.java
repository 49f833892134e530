package io.refugium.fql4.documents;

import io.refugium.access.AccessException;
import io.refugium.access.Session;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.DocumentRefusal;
import io.refugium.database.refusal.DocumentRefused;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Effect;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Error.Failure;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all writes have in common: which parameters count, which refs they may hold, where failures
 * are reported (spec: FQL v4, 6.6, 9.4).
 */
public final class Writing {
  private Writing() {}

  /**
   * The parameters of a write as values that can be stored; refs in them must be resolved and of
   * this database.
   */
  public static ObjectValue params(Call call, int argument) {
    ObjectValue params = (ObjectValue) Plain.of(call.object(argument));
    List<Failure> failures = new ArrayList<>();
    checkRefs(params, prefix(call.position()), call, failures);
    if (!failures.isEmpty()) {
      throw Errors.invalidDocument(call.position(), failures, call.version());
    }
    return params;
  }

  private static List<String> prefix(Position position) {
    return position.path().stream().map(Object::toString).toList();
  }

  private static void checkRefs(Value value, List<String> path, Call call, List<Failure> failures) {
    switch (value) {
      case ObjectValue object ->
          object.forEach(
              field ->
                  checkRefs(field.getValue(), Draft.child(path, field.getKey()), call, failures));
      case ArrayValue array -> {
        for (int i = 0; i < array.size(); i++) {
          checkRefs(array.get(i), Draft.child(path, Integer.toString(i)), call, failures);
        }
      }
      case UnresolvedRef _ -> failures.add(Invalid.unreadable(path));
      case Ref ref when ref.scope() != call.evaluation().session().scope() ->
          failures.add(Invalid.scoped(path));
      default -> {}
    }
  }

  /** Those parameters that clients may write. */
  public static ObjectValue known(DocumentKind kind, ObjectValue params) {
    ObjectValue.Builder known = ObjectValue.builder();
    for (Map.Entry<String, Value> field : params) {
      if (kind.writable().contains(field.getKey())) {
        known.put(field.getKey(), field.getValue());
      }
    }
    return known.build();
  }

  /** The fields of a replaced document: what it keeps, and what is given. */
  public static ObjectValue replaced(DocumentKind kind, ObjectValue before, ObjectValue given) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (Map.Entry<String, Value> field : before) {
      if (!kind.writable().contains(field.getKey())
          || kind.keptByReplace().contains(field.getKey())) {
        fields.put(field.getKey(), field.getValue());
      }
    }
    for (Map.Entry<String, Value> field : given) {
      if (field.getValue() instanceof NullValue) {
        fields.remove(field.getKey());
      } else {
        fields.put(field.getKey(), Nulls.without(field.getValue()));
      }
    }
    return fields.build();
  }

  /** Where failures of a write are reported: creations at their key, changes at the call. */
  public static Position position(Draft draft) {
    return draft.before() == null ? draft.call().position(0) : draft.call().position();
  }

  /** Writing happens in the present. */
  public static void requirePresent(Call call, Position position) {
    if (call.evaluation().validTime() != io.refugium.database.Transaction.NOW) {
      throw Errors.invalidWriteTime(position);
    }
  }

  /** Refs to other databases cannot be written. */
  public static void requireOwn(Call call, Ref ref) {
    if (ref.scope() != call.evaluation().session().scope()) {
      throw Errors.scopedWrite(call.position(0));
    }
  }

  /**
   * Runs a write and turns its refusals into errors.
   *
   * @param missing where to report that the document does not exist
   * @param other where to report everything else
   */
  public static <T> T guarded(Call call, Position missing, Position other, Supplier<T> write) {
    try {
      return write.get();
    } catch (AccessException.Denied _) {
      throw Errors.permissionDenied(other);
    } catch (AccessException.Missing failure) {
      throw Errors.notFound(
          missing, NativeCollections.title(failure.ref().collection(), call.version()));
    } catch (AccessException.SchemaStaged _) {
      throw Errors.schemaInvalid(
          other, "Cannot update schema from FQL v4 if schema has been staged.");
    } catch (AccessException.ForeignWrite _) {
      throw Errors.scopedWrite(call.position(0));
    } catch (AccessException.WriteRefused refused) {
      throw Errors.forbiddenEffect(
          call.position(),
          Effect.WRITE,
          refused.inPredicate() ? "auth predicates" : "get requests");
    } catch (DatabaseException.AlreadyExists failure) {
      throw Errors.alreadyExists(
          other, NativeCollections.title(failure.existing().collection(), call.version()));
    } catch (DocumentRefused refused) {
      throw Errors.refused(other, refused.reasons());
    } catch (DatabaseException.NotUnique _) {
      throw Errors.notUnique(other);
    } catch (DatabaseException.FieldNotUnique failure) {
      throw failure.field().equals("name")
          ? Errors.notUnique(other)
          : Errors.invalidDocument(
              other, List.of(Invalid.duplicate(failure.field())), call.version());
    } catch (DatabaseException.NotFound failure) {
      throw Errors.notFound(
          missing, NativeCollections.title(failure.ref().collection(), call.version()));
    } catch (DatabaseException.CollectionNotFound failure) {
      throw Errors.notFound(
          missing, NativeCollections.title(failure.ref().collection(), call.version()));
    } catch (RuntimeException refused) {
      throw refused instanceof DocumentRefusal refusal ? refusal(other, refusal) : refused;
    }
  }

  /** What a check of the other language has against a write. */
  public static Fql4Exception refusal(Position position, DocumentRefusal refusal) {
    return refusal.isCheckConstraint()
        ? Errors.checkFailed(position, refusal.reason())
        : Errors.schemaInvalid(position, refusal.reason());
  }

  public static Session session(Call call) {
    return call.evaluation().session();
  }
}
