package io.refugium.fql10.encode;

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
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.sets.EventSources;
import io.refugium.fql10.sets.PageTokens;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads what a result needs: documents in full, sets to their first page (language specification,
 * section 9.1). Inside a document, documents stay references and sets stay cursors. Confined to the
 * thread of its query.
 */
public final class Materializer {
  private final QueryContext context;
  private final Deque<SetValue> sets = new ArrayDeque<>();
  private boolean insideDocument;
  private int depth;

  public Materializer(QueryContext context) {
    this.context = context;
  }

  /** The result of a query, or the value it was aborted with. */
  public Result materialize(Value value) {
    if (depth > Limits.MAX_RESULT_DEPTH) {
      throw Errors.resultTooDeep();
    }
    depth++;
    try {
      return switch (value) {
        case NullValue ignored -> new Result.Null();
        case ArrayValue(List<Value> elements) -> new Result.Array(all(elements));
        case ObjectValue object -> new Result.Struct(fields(object));
        case Ref document -> document(document);
        case LambdaValue ignored -> new Result.FunctionText("[function <lambda>]");
        case QueryValue own -> own(own);
        case RuntimeValue foreign ->
            throw new IllegalArgumentException("not a value of this language");
        default -> new Result.Scalar(value);
      };
    } finally {
      depth--;
    }
  }

  private Result own(QueryValue value) {
    return switch (value) {
      case Null ignored -> new Result.Null();
      case IdValue id -> new Result.Scalar(new StringValue(id.toString()));
      case NarrowLong number -> new Result.Scalar(number);
      case FunctionValue function -> new Result.FunctionText(function.describe());
      case Module module -> new Result.ModuleName(module.name(), module.lastName());
      case SetValue set -> set(set);
      case PageCursor(String text) -> new Result.CursorText(text);
      case EventSource source -> new Result.EventSourceToken(EventSources.token(context, source));
      case DocumentValue document -> document(document);
    };
  }

  private List<Result> all(List<Value> values) {
    List<Result> results = new ArrayList<>(values.size());
    for (Value value : values) {
      results.add(materialize(value));
    }
    return results;
  }

  private List<Map.Entry<String, Result>> fields(Iterable<Map.Entry<String, Value>> fields) {
    List<Map.Entry<String, Result>> results = new ArrayList<>();
    for (Map.Entry<String, Value> field : fields) {
      results.add(Map.entry(field.getKey(), materialize(field.getValue())));
    }
    return results;
  }

  private Result document(Value document) {
    Documents documents = context.environment().documents();
    String foreign = documents.foreignText(document);
    if (foreign != null) {
      return new Result.FunctionText(foreign);
    }
    if (insideDocument) {
      return new Result.NestedReference(documents.reference(document));
    }
    NullCause missing = documents.missing(context, document);
    if (missing != null) {
      return new Result.MissingDocument(documents.reference(document), missing.wire());
    }
    if (document instanceof DocumentValue found) {
      PerformanceHints.documentRead(context, found);
    }
    insideDocument = true;
    try {
      return new Result.LiveDocument(fields(documents.fields(context, document)));
    } finally {
      insideDocument = false;
    }
  }

  private Result set(SetValue set) {
    if (insideDocument || sets.size() >= Limits.MAX_SET_DEPTH || sets.contains(set)) {
      return new Result.SetToken(PageTokens.start(context, set).text());
    }
    sets.push(set);
    try {
      ObjectValue page = (ObjectValue) PageTokens.firstPage(context, set, set.pageSize());
      List<Result> data = all(((ArrayValue) page.get(PageTokens.DATA)).values());
      return new Result.PageOfSet(
          data, page.get(PageTokens.AFTER) instanceof PageCursor(String after) ? after : null);
    } finally {
      sets.pop();
    }
  }
}
