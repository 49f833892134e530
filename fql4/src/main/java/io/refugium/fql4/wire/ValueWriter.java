package io.refugium.fql4.wire;

import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Closure;
import io.refugium.fql4.language.EventFields;
import io.refugium.fql4.language.EventValue;
import io.refugium.fql4.language.Names;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.SourcedValue;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.fql4.language.WireForms;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StoredWalk;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON on the wire (spec: FQL v4, 2.1 and 2.4 to 2.6). Refs to schema objects that are
 * gone cannot be named: such fields and elements are left out (9.6).
 */
public final class ValueWriter {
  private static final String REF_HEAD = "{\"@ref\":{\"id\":\"";
  private static final int REMEMBERED_TAILS = 4;

  private final JsonBuffer out;
  private final Names names;
  private final ApiVersion version;

  private final StoredWriter stored;

  /** What came behind the ids of refs written so far, of the collections met last. */
  private final RefTail[] tails = new RefTail[REMEMBERED_TAILS];

  private int nextTail;

  /**
   * Where in the output the rest of a ref to a document of a collection stands, to be repeated.
   *
   * @param from behind the id
   */
  private record RefTail(long scope, int collection, int from, int to) {}

  /** Writes into a buffer, for a version of the API. */
  public ValueWriter(JsonBuffer out, Names names, ApiVersion version) {
    this.out = out;
    this.names = names;
    this.version = version;
    this.stored = new StoredWriter(out, this);
  }

  /** The JSON text of a value that holds no transaction time. */
  public static String toJson(Value value, Names names, ApiVersion version) {
    JsonBuffer buffer = AnswerText.empty();
    new ValueWriter(buffer, names, version).write(value);
    return buffer.toString();
  }

  public void write(Value value) {
    switch (value) {
      case NullValue _ -> out.raw("null");
      case BooleanValue truth -> out.raw(truth.value() ? "true" : "false");
      case LongValue number -> out.number(number.value());
      case DoubleValue number -> out.number(number.value());
      case StringValue text -> out.string(text.value());
      case BytesValue bytes -> tagged("@bytes", Base64.getEncoder().encodeToString(bytes.value()));
      case TimeValue time -> tagged("@ts", TimeText.format(time.value()));
      case DateValue date -> tagged("@date", date.value().toString());
      case UuidValue uuid -> tagged("@uuid", uuid.value().toString());
      case Ref ref -> ref(ref);
      case LambdaValue lambda -> query(lambda);
      case ArrayValue array -> array(array);
      case ObjectValue object -> object(object);
      case TransactionTime time -> transactionTime(time);
      case RuntimeValue runtime -> runtime(runtime);
    }
  }

  private void transactionTime(TransactionTime time) {
    switch (time) {
      case TIME -> out.raw("{\"@ts\":\"").transactionTime().raw("\"}");
      case MICROS -> out.transactionMicros();
    }
  }

  private void runtime(RuntimeValue value) {
    switch (value) {
      case UnresolvedRef ref -> unresolved(ref);
      case VersionValue document -> document(document);
      case PageValue page -> page(page);
      case SetValue set -> {
        out.raw("{\"@set\":");
        set(set);
        out.raw('}');
      }
      case EventValue event -> event(event);
      case ActionValue action -> out.string(action.word());
      case SourcedValue sourced -> {
        out.raw("{\"value\":");
        write(sourced.value());
        out.raw(",\"sources\":");
        sources(sourced.sources());
        out.raw('}');
      }
      case Closure closure -> query(closure.toLambdaValue());
      default ->
          throw new IllegalArgumentException(
              "a value of another language: " + value.getClass().getSimpleName());
    }
  }

  /** Sets of documents are sources without a name: what was recorded shows null for them. */
  private void sources(List<Value> sources) {
    out.raw('[');
    String separator = "";
    for (Value source : sources) {
      out.raw(separator);
      separator = ",";
      if (source instanceof SetValue.Documents) {
        out.raw("{\"@set\":null}");
      } else {
        write(source);
      }
    }
    out.raw(']');
  }

  private void tagged(String tag, String text) {
    out.raw("{\"").raw(tag).raw("\":").string(text).raw('}');
  }

  private void array(ArrayValue array) {
    StoredWalk walk = StoredWalk.of(array);
    if (walk == null) {
      array(array.values());
    } else {
      stored.array(walk);
    }
  }

  private void array(List<Value> elements) {
    out.raw('[');
    boolean first = true;
    for (Value element : elements) {
      if (!isDangling(element)) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        write(element);
      }
    }
    out.raw(']');
  }

  private void object(ObjectValue object) {
    StoredWalk walk = StoredWalk.of(object);
    if (walk != null) {
      stored.object(walk);
      return;
    }
    boolean wrapped = object.names().stream().anyMatch(name -> name.startsWith("@"));
    out.raw(wrapped ? "{\"@obj\":{" : "{");
    fields(object, true);
    out.raw(wrapped ? "}}" : "}");
  }

  /**
   * Writes fields.
   *
   * @param first whether no comma belongs in front of them
   */
  private void fields(ObjectValue object, boolean first) {
    StoredWalk walk = StoredWalk.of(object);
    if (walk != null) {
      stored.fields(walk, walk.enter(), first);
      return;
    }
    boolean comma = !first;
    for (Map.Entry<String, Value> field : object) {
      if (!isDangling(field.getValue())) {
        if (comma) {
          out.raw(',');
        }
        comma = true;
        out.string(field.getKey()).raw(':');
        write(field.getValue());
      }
    }
  }

  private void document(VersionValue document) {
    out.raw("{\"ref\":");
    write(document.ref());
    out.raw(",\"ts\":");
    write(document.ts());
    fields(document.fields(), false);
    out.raw('}');
  }

  private void page(PageValue page) {
    out.raw('{');
    if (page.before() != null) {
      out.raw("\"before\":");
      write(page.before());
      out.raw(',');
    }
    if (page.after() != null) {
      out.raw("\"after\":");
      write(page.after());
      out.raw(',');
    }
    out.raw("\"data\":");
    array(page.data());
    out.raw('}');
  }

  private void event(EventValue event) {
    boolean oldest = version == ApiVersion.V2_0;
    out.raw("{\"ts\":");
    write(event.ts());
    out.raw(",\"action\":\"")
        .raw((oldest ? oldestAction(event.action()) : event.action()).word())
        .raw(
            oldest
                ? "\",\"resource\":"
                : version.saysClass() ? "\",\"instance\":" : "\",\"document\":");
    write(event.document());
    if (event.values() == null) {
      if (!oldest) {
        out.raw(",\"data\":");
        write(EventFields.data(event));
      }
    } else if (!event.values().isEmpty()) {
      out.raw(oldest ? ",\"values\":" : ",\"data\":");
      array(event.values());
    }
    out.raw('}');
  }

  /** The oldest version knows two actions: something is there afterwards, or not. */
  private static ActionValue oldestAction(ActionValue action) {
    return switch (action) {
      case ADD, CREATE, UPDATE -> ActionValue.CREATE;
      case DELETE, REMOVE -> ActionValue.DELETE;
    };
  }

  // ---- Refs

  /** Whether an element or field is left out. */
  boolean isDangling(Value value) {
    return value instanceof Ref ref
        && tailOf(ref) == null
        && !NativeCollections.isNative(ref)
        && (NativeCollections.isNamed(ref.collection())
            || SystemCollections.isUser(ref.collection()))
        && names.nameOf(named(ref)) == null;
  }

  /** The schema object whose name the rendering of a ref needs. */
  private static Ref named(Ref ref) {
    if (NativeCollections.isNamed(ref.collection())) {
      return ref;
    }
    return new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
  }

  private void ref(Ref ref) {
    if (NativeCollections.isNative(ref)) {
      refParts(NativeCollections.name(ref.id(), version), null, ref.scope());
    } else if (NativeCollections.isNamed(ref.collection())) {
      String name = names.nameOf(ref);
      refParts(
          name == null ? "deleted" : name,
          NativeCollections.ref(names.scope(), ref.collection()),
          ref.scope());
    } else if (ref.collection() < SystemCollections.FIRST_USER) {
      refParts(
          Long.toString(ref.id()),
          NativeCollections.ref(names.scope(), ref.collection()),
          ref.scope());
    } else {
      userRef(ref);
    }
  }

  /** A ref to a document of a user; all but its id is the same for a whole collection. */
  private void userRef(Ref ref) {
    Ref collection = new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
    String id = Long.toString(ref.id());
    RefTail known = tailOf(ref);
    if (known != null) {
      out.raw(REF_HEAD).raw(id);
      out.repeat(known.from(), known.to());
      return;
    }
    if (version == ApiVersion.V2_0 || names.nameOf(collection) == null) {
      refParts(id, collection, names.scope());
      return;
    }
    int start = out.length();
    refParts(id, collection, names.scope());
    int from = start + REF_HEAD.length() + id.length();
    tails[nextTail++ % REMEMBERED_TAILS] =
        new RefTail(ref.scope(), ref.collection(), from, out.length());
  }

  /** Where the rest of a ref to a document of the same collection stands already, or null. */
  private RefTail tailOf(Ref ref) {
    for (RefTail tail : tails) {
      if (tail != null && tail.collection == ref.collection() && tail.scope == ref.scope()) {
        return tail;
      }
    }
    return null;
  }

  private void refParts(String id, Value collection, long scope) {
    Ref database = scope == names.scope() ? null : names.database(scope);
    refParts(id, collection, database);
  }

  private void refParts(String id, Value collection, Value database) {
    if (version == ApiVersion.V2_0) {
      out.raw("{\"@ref\":").string(legacyPath(id, collection)).raw('}');
      return;
    }
    out.raw("{\"@ref\":{\"id\":").string(id);
    if (collection != null) {
      out.raw(version.saysClass() ? ",\"class\":" : ",\"collection\":");
      write(collection);
    }
    if (database != null) {
      out.raw(",\"database\":");
      write(database);
    }
    out.raw("}}");
  }

  /** The text that stood for a ref in the oldest version: classes/users/123. */
  private String legacyPath(String id, Value collection) {
    return switch (collection) {
      case null -> id;
      case Ref ref when NativeCollections.isNative(ref) ->
          NativeCollections.name(ref.id(), version) + "/" + id;
      case Ref ref ->
          NativeCollections.name(SystemCollections.COLLECTION, version)
              + "/"
              + names.nameOf(ref)
              + "/"
              + id;
      case UnresolvedRef ref -> legacyPath(ref.id(), ref.collection()) + "/" + id;
      default -> id;
    };
  }

  private void unresolved(UnresolvedRef ref) {
    refParts(ref.id(), ref.collection(), ref.database());
  }

  // ---- Sets and lambdas

  private void set(SetValue set) {
    switch (set) {
      case SetValue.Match match -> {
        out.raw("{\"match\":");
        write(match.index());
        if (match.terms().size() == 1) {
          out.raw(",\"terms\":");
          write(match.terms().getFirst());
        } else if (match.terms().size() > 1) {
          out.raw(",\"terms\":");
          array(match.terms());
        }
        out.raw('}');
      }
      case SetValue.Documents documents -> single("documents", documents.collection());
      case SetValue.Singleton singleton -> single("singleton", singleton.ref());
      case SetValue.Events(SetValue inner) -> {
        out.raw("{\"events\":");
        set(inner);
        out.raw('}');
      }
      case SetValue.Events events -> single("events", events.of());
      case SetValue.Union union -> several("union", union.sets());
      case SetValue.Intersection intersection -> several("intersection", intersection.sets());
      case SetValue.Difference difference -> several("difference", difference.sets());
      case SetValue.Distinct distinct -> single("distinct", distinct.set());
      case SetValue.Reverse reverse -> single("reverse", reverse.set());
      case SetValue.Range range -> {
        out.raw("{\"range\":");
        write(range.set());
        out.raw(",\"from\":");
        bound(range.from());
        out.raw(",\"to\":");
        bound(range.to());
        out.raw('}');
      }
      case SetValue.Filter filter -> {
        out.raw("{\"filter\":");
        lambda(filter.lambda().toLambdaValue());
        out.raw(",\"collection\":");
        write(filter.set());
        out.raw('}');
      }
      case SetValue.Join join -> {
        out.raw("{\"join\":");
        write(join.source());
        out.raw(",\"with\":");
        if (join.with() instanceof Closure closure) {
          lambda(closure.toLambdaValue());
        } else {
          write(join.with());
        }
        out.raw('}');
      }
    }
  }

  private void single(String key, Value operand) {
    out.raw("{\"").raw(key).raw("\":");
    write(operand);
    out.raw('}');
  }

  private void several(String key, List<Value> operands) {
    out.raw("{\"").raw(key).raw("\":");
    if (operands.size() == 1) {
      write(operands.getFirst());
    } else {
      array(operands);
    }
    out.raw('}');
  }

  /** A bound of a range: its values without the ref at the end. */
  private void bound(Value bound) {
    if (!(bound instanceof ArrayValue array)) {
      write(bound);
      return;
    }
    List<Value> values = array.values();
    if (!values.isEmpty() && values.getLast() instanceof Ref) {
      values = values.subList(0, values.size() - 1);
    }
    switch (values.size()) {
      case 0 -> out.raw("null");
      case 1 -> write(values.getFirst());
      default -> array(values);
    }
  }

  private void query(LambdaValue lambda) {
    out.raw("{\"@query\":");
    lambda(lambda);
    out.raw('}');
  }

  private void lambda(LambdaValue lambda) {
    out.raw('{');
    ApiVersion own = ApiVersion.of(lambda.apiVersion()).orElse(ApiVersion.V2_12);
    if (own.isAtLeast(ApiVersion.V3) || version.isAtLeast(ApiVersion.V3)) {
      out.raw("\"api_version\":").string(lambda.apiVersion()).raw(',');
    }
    out.raw("\"lambda\":");
    expression(lambda.parameters());
    out.raw(",\"expr\":");
    expression(WireForms.shown(lambda.body()));
    out.raw('}');
  }

  /** An expression in wire form: objects are forms, not data. */
  private void expression(Value expr) {
    switch (expr) {
      case ObjectValue object -> {
        out.raw('{');
        boolean comma = false;
        for (Map.Entry<String, Value> field : object) {
          if (comma) {
            out.raw(',');
          }
          comma = true;
          out.string(field.getKey()).raw(':');
          expression(field.getValue());
        }
        out.raw('}');
      }
      case ArrayValue array -> {
        out.raw('[');
        for (int i = 0; i < array.size(); i++) {
          if (i > 0) {
            out.raw(',');
          }
          expression(array.get(i));
        }
        out.raw(']');
      }
      default -> write(expr);
    }
  }
}
