package io.refugium.fql10.encode;

import io.refugium.fql10.encode.Notation.Shape;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Documents;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.PageCursor;
import io.refugium.fql10.runtime.PerformanceHints;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.sets.EventSources;
import io.refugium.fql10.sets.PageTokens;
import io.refugium.model.ArrayValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StoredWalk;
import io.refugium.model.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Writes the result of a query while it reads what that needs: documents in full, sets to their
 * first page (language specification, section 9.1). Inside a document, documents stay references
 * and sets stay cursors. What is stored is written straight from its bytes. Confined to the thread
 * of its query; writes one result, and is of no more use when that fails.
 */
public final class ResultWriter {
  private final QueryContext context;
  private final Notation out;
  private final StoredWalk.TextSink strings;
  private final StoredWalk.TextSink names;
  private final Deque<SetValue> sets = new ArrayDeque<>(0);
  private boolean insideDocument;
  private int depth;

  private ResultWriter(QueryContext context, Notation out) {
    this.context = context;
    this.out = out;
    this.strings = out::string;
    this.names = out::name;
  }

  /** An empty text for a result and what goes with it; too large a one fails the query. */
  public static JsonBuffer buffer() {
    return new JsonBuffer(Limits.MAX_RESULT_BYTES, Errors::resultTooLarge);
  }

  /**
   * Writes the result of a query, or the value it was aborted with. The time of the transaction is
   * left open.
   *
   * @throws QueryFailure if something cannot be read or is too large; the text is garbage then
   */
  public static void write(
      QueryContext context, Value value, ResultFormat format, JsonBuffer text) {
    Notation notation = format.notation(text);
    notation.begin();
    new ResultWriter(context, notation).write(value);
    notation.end();
  }

  /** The same into a text of its own. */
  public static JsonBuffer write(QueryContext context, Value value, ResultFormat format) {
    JsonBuffer text = buffer();
    write(context, value, format, text);
    return text;
  }

  private void write(Value value) {
    deeper();
    switch (value) {
      case NullValue ignored -> out.none();
      case ArrayValue array -> array(array);
      case ObjectValue object -> object(object);
      case Ref document -> document(document);
      case LambdaValue ignored -> out.function("[function <lambda>]");
      case QueryValue own -> own(own);
      case RuntimeValue foreign ->
          throw new IllegalArgumentException("not a value of this language");
      default -> out.scalar(value);
    }
    depth--;
  }

  private void deeper() {
    if (depth > Limits.MAX_RESULT_DEPTH) {
      throw Errors.resultTooDeep();
    }
    depth++;
  }

  private void own(QueryValue value) {
    switch (value) {
      case Null ignored -> out.none();
      case IdValue id -> out.string(id.toString());
      case NarrowLong number -> out.scalar(number);
      case FunctionValue function -> out.function(function.describe());
      case Module module -> out.module(module);
      case SetValue set -> set(set);
      case PageCursor(String text) -> out.cursor(text);
      case EventSource source -> out.eventSource(EventSources.token(context, source));
      case DocumentValue document -> document(document);
    }
  }

  private void array(ArrayValue array) {
    StoredWalk walk = StoredWalk.of(array);
    if (walk == null) {
      array(array.values());
    } else {
      storedArray(walk);
    }
  }

  private void array(List<Value> elements) {
    out.openArray();
    boolean first = true;
    for (Value element : elements) {
      out.next(first);
      first = false;
      write(element);
    }
    out.closeArray(first);
  }

  private void object(ObjectValue object) {
    StoredWalk walk = StoredWalk.of(object);
    if (walk == null) {
      Shape shape = isTagLike(object) ? Shape.TAG_LIKE_OBJECT : Shape.OBJECT;
      out.openObject(shape);
      boolean empty = fields(object, true);
      out.closeObject(shape, empty);
    } else {
      storedObject(walk);
    }
  }

  private static boolean isTagLike(ObjectValue object) {
    for (int i = 0; i < object.size(); i++) {
      if (object.nameAt(i).startsWith("@")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes fields.
   *
   * @param first whether they are the first ones of their object
   * @return whether the next one would still be the first
   */
  private boolean fields(Iterable<Map.Entry<String, Value>> fields, boolean first) {
    boolean none = first;
    for (Map.Entry<String, Value> field : fields) {
      out.next(none);
      out.name(field.getKey());
      none = false;
      write(field.getValue());
    }
    return none;
  }

  // ---------------------------------------------------------------- what is stored

  private void stored(StoredWalk walk) {
    StoredWalk.Kind kind = walk.kind();
    if (kind == StoredWalk.Kind.OTHER) {
      write(walk.value());
      return;
    }
    deeper();
    switch (kind) {
      case STRING -> walk.string(strings);
      case LONG -> out.integer(walk.number());
      case ARRAY -> storedArray(walk);
      case OBJECT -> storedObject(walk);
      case OTHER -> throw new IllegalStateException("written already");
    }
    depth--;
  }

  private void storedArray(StoredWalk walk) {
    out.openArray();
    int size = walk.enter();
    for (int i = 0; i < size; i++) {
      out.next(i == 0);
      stored(walk);
    }
    out.closeArray(size == 0);
  }

  private void storedObject(StoredWalk walk) {
    int size = walk.enter();
    Shape shape = walk.hasNameFrom('@', size) ? Shape.TAG_LIKE_OBJECT : Shape.OBJECT;
    out.openObject(shape);
    boolean empty = storedFields(walk, size, true);
    out.closeObject(shape, empty);
  }

  private boolean contents(ObjectValue object, boolean first) {
    StoredWalk walk = StoredWalk.of(object);
    return walk == null ? fields(object, first) : storedFields(walk, walk.enter(), first);
  }

  /** The same as {@link #fields} for the fields of an object that was entered. */
  private boolean storedFields(StoredWalk walk, int size, boolean first) {
    for (int i = 0; i < size; i++) {
      walk.field();
      out.next(first && i == 0);
      walk.name(names);
      stored(walk);
    }
    return first && size == 0;
  }

  // ---------------------------------------------------------------- documents and sets

  private void document(Value document) {
    Documents documents = context.environment().documents();
    String foreign = documents.foreignText(document);
    if (foreign != null) {
      out.function(foreign);
      return;
    }
    if (insideDocument) {
      out.reference(documents.reference(document));
      return;
    }
    NullCause missing = documents.missing(context, document);
    if (missing != null) {
      out.missing(documents.reference(document), missing.wire());
      return;
    }
    if (document instanceof DocumentValue found) {
      PerformanceHints.documentRead(context, found);
    }
    insideDocument = true;
    out.openObject(Shape.DOCUMENT);
    Documents.Fields fields = documents.fields(context, document);
    boolean empty = contents(fields.contents(), fields(fields.own(), true));
    out.closeObject(Shape.DOCUMENT, empty);
    insideDocument = false;
  }

  private void set(SetValue set) {
    if (insideDocument || sets.size() >= Limits.MAX_SET_DEPTH || sets.contains(set)) {
      out.set(PageTokens.start(context, set).text());
      return;
    }
    sets.push(set);
    PageTokens.Shown page = PageTokens.firstPage(context, set, set.pageSize());
    out.openObject(Shape.PAGE);
    out.next(true);
    out.name(PageTokens.DATA);
    array(page.data());
    if (page.after() != null) {
      out.next(false);
      out.name(PageTokens.AFTER);
      out.cursor(page.after().text());
    }
    out.closeObject(Shape.PAGE, false);
    sets.pop();
  }
}
