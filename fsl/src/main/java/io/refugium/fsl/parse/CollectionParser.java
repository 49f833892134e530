package io.refugium.fsl.parse;

import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.schema.SchemaItem.Check;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.schema.SchemaItem.Computed;
import io.refugium.fql10.schema.SchemaItem.Field;
import io.refugium.fql10.schema.SchemaItem.Index;
import io.refugium.fql10.schema.SchemaItem.Member;
import io.refugium.fql10.schema.SchemaItem.Migrations;
import io.refugium.fql10.schema.SchemaItem.Part;
import io.refugium.fql10.schema.SchemaItem.Unique;
import io.refugium.fql10.schema.SchemaItem.Wildcard;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.TypeDefaults;
import io.refugium.fql10.syntax.TypeExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code collection Name { ... }}. One for each item. */
final class CollectionParser {
  private static final Set<String> SPECIAL_NAMES =
      Set.of(
          "id",
          "coll",
          "ts",
          "ttl",
          "data",
          "delete",
          "update",
          "replace",
          "updateData",
          "replaceData",
          "exists");

  private final Reader reader;
  private final List<Field> fields = new ArrayList<>();
  private final List<Computed> computed = new ArrayList<>();
  private Wildcard wildcard;
  private final List<Index> indexes = new ArrayList<>();
  private final List<Unique> uniques = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private Member<Long> historyDays;
  private Member<Long> ttlDays;
  private Member<Boolean> documentTtls;
  private Migrations migrations;
  private final Reader.Seen fieldNames;
  private final Reader.Seen indexNames;
  private final Reader.Seen checkNames;
  private final Map<String, Reader.Seen> single = new HashMap<>();
  private final Map<Set<Object>, Span> uniqueTerms = new HashMap<>();

  CollectionParser(Reader reader) {
    this.reader = reader;
    this.fieldNames = reader.new Seen("field");
    this.indexNames = reader.new Seen("index name");
    this.checkNames = reader.new Seen("check constraint name");
  }

  CollectionItem item(int start, Optional<Name> alias) {
    reader.cursor.skipNewlines();
    Name name = reader.name();
    reader.cursor.skipBlanks();
    reader.block(this::member);
    return new CollectionItem(
        reader.from(start),
        name,
        alias,
        fields,
        computed,
        Optional.ofNullable(wildcard),
        indexes,
        uniques,
        checks,
        Optional.ofNullable(historyDays),
        Optional.ofNullable(ttlDays),
        Optional.ofNullable(documentTtls),
        Optional.ofNullable(migrations));
  }

  private void member() {
    int start = reader.cursor.position();
    if (reader.cursor.take('*')) {
      wildcard(start);
      return;
    }
    if (reader.atQuote()) {
      Name name = reader.plainName();
      reader.cursor.skipBlanks();
      field(start, name);
      return;
    }
    if (!reader.cursor.atIdentifier()) {
      throw reader.cursor.expected("`}`");
    }
    Name word = reader.cursor.word();
    int behind = reader.cursor.position();
    reader.cursor.skipBlanks();
    if (reader.cursor.peek() == ':' && !word.text().equals("compute")) {
      reader.cursor.moveTo(start);
      Name name = reader.cursor.identifier();
      reader.cursor.skipBlanks();
      field(start, name);
      return;
    }
    reader.cursor.moveTo(behind);
    keyword(start, word);
  }

  private void keyword(int start, Name word) {
    switch (word.text()) {
      case "compute" -> computed(start);
      case "index" -> index(start);
      case "unique" -> unique(start);
      case "check" -> check(start);
      case "history_days" -> historyDays = days(start, word, "history days").orElse(historyDays);
      case "ttl_days" -> ttlDays = days(start, word, "ttl days").orElse(ttlDays);
      case "document_ttls" -> documentTtls(start, word);
      case "migrations" -> {
        once("migration block", word.span());
        migrations = new MigrationParser(reader).block(start);
      }
      default -> unknown(word);
    }
  }

  private void unknown(Name word) {
    reader.cursor.skipBlanks();
    if (reader.cursor.peek() == '=') {
      reader.skipUnknown();
      reader.report(FslErrors.of("Expected a type signature", word.span()));
      return;
    }
    reader.report(FslErrors.invalidFieldOrMember(word.text(), word.span()));
    reader.skipUnknown();
  }

  // --- fields ---------------------------------------------------------------------------------

  private void field(int start, Name name) {
    if (SPECIAL_NAMES.contains(name.text())) {
      reader.report(FslErrors.reservedName(name.text(), name.span()));
    }
    fieldNames.add(name.text(), name.span());
    reader.require(":");
    reader.cursor.skipNewlines();
    TypeExpression type = reader.type();
    int end = reader.cursor.position();
    Optional<Expression> value = defaultValue();
    if (value.isEmpty()) {
      reader.cursor.moveTo(end);
    }
    TypeDefaults.checkField(type, value.map(Expression::span)).forEach(reader::report);
    fields.add(new Field(reader.from(start), name, type, value));
  }

  private Optional<Expression> defaultValue() {
    reader.cursor.skipBlanks();
    if (!reader.cursor.take('=')) {
      return Optional.empty();
    }
    reader.cursor.skipNewlines();
    return Optional.of(reader.expression());
  }

  private void wildcard(int start) {
    Span star = reader.from(start);
    reader.cursor.skipBlanks();
    reader.require(":");
    reader.cursor.skipNewlines();
    TypeExpression type = reader.type();
    TypeDefaults.checkForbidden(type).forEach(reader::report);
    int end = reader.cursor.position();
    Optional<Expression> value = defaultValue();
    if (value.isPresent()) {
      reader.report(
          FslErrors.of("No default allowed for wildcard field", value.orElseThrow().span()));
    } else {
      reader.cursor.moveTo(end);
    }
    fieldNames.add("*", star);
    wildcard = new Wildcard(reader.from(start), type);
  }

  private void computed(int start) {
    reader.cursor.skipNewlines();
    Name name = reader.plainName();
    fieldNames.add(name.text(), name.span());
    reader.cursor.skipBlanks();
    Optional<TypeExpression> type = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      type = Optional.of(reader.type());
      type.ifPresent(found -> TypeDefaults.checkForbidden(found).forEach(reader::report));
      reader.cursor.skipBlanks();
    }
    if (!reader.cursor.take('=')) {
      reader.report(FslErrors.of("Computed fields require a value", reader.from(start)));
      return;
    }
    reader.cursor.skipNewlines();
    Expression body = reader.expression();
    if (!Reader.isLambda(body)) {
      reader.report(FslErrors.of("Expected lambda", body.span()));
    }
    computed.add(new Computed(reader.from(start), name, type, body));
  }

  // --- indexes and constraints ----------------------------------------------------------------

  private void index(int start) {
    reader.cursor.skipNewlines();
    Name name = reader.plainName();
    indexNames.add(name.text(), name.span());
    reader.cursor.skipBlanks();
    IndexBlock block = new IndexBlock();
    reader.block(block::member);
    indexes.add(
        new Index(
            reader.from(start),
            name,
            Optional.ofNullable(block.terms),
            Optional.ofNullable(block.values)));
  }

  /** The members of an index. */
  private final class IndexBlock {
    private List<Part> terms;
    private List<Part> values;
    private final Reader.Seen termsSeen = reader.new Seen("terms definition");
    private final Reader.Seen valuesSeen = reader.new Seen("values definition");

    void member() {
      if (!reader.cursor.atIdentifier()) {
        throw reader.cursor.expected("`}`");
      }
      Name word = reader.cursor.word();
      reader.cursor.skipBlanks();
      switch (word.text()) {
        case "terms" -> {
          termsSeen.add("", word.span());
          terms = reader.list(CollectionParser.this::term);
        }
        case "values" -> {
          valuesSeen.add("", word.span());
          values = reader.list(CollectionParser.this::value);
        }
        default -> {
          reader.report(FslErrors.invalidMember(word.text(), word.span()));
          reader.skipUnknown();
        }
      }
    }
  }

  private Part term() {
    int start = reader.cursor.position();
    if (reader.atPath()) {
      FieldPath path = reader.path();
      return new Part(reader.from(start), path, Optional.of(false), Optional.empty());
    }
    Name wrap = wrap();
    if (!wrap.text().equals("mva")) {
      reader.report(FslErrors.of("Expected 'mva'", wrap.span()));
    }
    FieldPath path = wrapped();
    return new Part(reader.from(start), path, Optional.of(true), Optional.empty());
  }

  private Part value() {
    int start = reader.cursor.position();
    boolean mva = false;
    boolean descending = false;
    int open = 0;
    while (!reader.atPath()) {
      Name wrap = wrap();
      switch (wrap.text()) {
        case "mva" -> mva = true;
        case "desc" -> descending = true;
        case "asc" -> descending = false;
        default -> reader.report(FslErrors.of("Expected 'asc', 'desc', or 'mva'", wrap.span()));
      }
      reader.require("(");
      reader.cursor.skipNewlines();
      open++;
    }
    FieldPath path = reader.path();
    for (int i = 0; i < open; i++) {
      reader.cursor.skipNewlines();
      reader.require(")");
    }
    return new Part(reader.from(start), path, Optional.of(mva), Optional.of(descending));
  }

  private Name wrap() {
    if (!reader.cursor.atIdentifier()) {
      throw reader.cursor.expected("`.`", "identifier");
    }
    return reader.cursor.word();
  }

  private FieldPath wrapped() {
    reader.require("(");
    reader.cursor.skipNewlines();
    FieldPath path = reader.path();
    reader.cursor.skipNewlines();
    reader.require(")");
    return path;
  }

  private void unique(int start) {
    reader.cursor.skipNewlines();
    if (reader.cursor.peek() != '[') {
      int value = reader.cursor.position();
      boolean named = reader.cursor.atIdentifier() || reader.atQuote();
      reader.skipUnknown();
      reader.report(
          FslErrors.of(
              named ? "Name is not allowed here" : "Expected an array of terms",
              reader.from(value)));
      if (!named) {
        reader.report(
            FslErrors.of("Expected non-empty terms for a unique constraint", reader.from(start)));
      }
      return;
    }
    int list = reader.cursor.position();
    List<Part> terms = reader.list(this::term);
    Span listSpan = reader.from(list);
    Span span = reader.from(start);
    if (terms.isEmpty()) {
      reader.report(FslErrors.of("Expected non-empty terms for a unique constraint", span));
    }
    Set<Object> covered = new HashSet<>();
    terms.forEach(term -> covered.add(List.of(term.path(), term.mva())));
    Span first = uniqueTerms.putIfAbsent(covered, listSpan);
    if (first != null) {
      reader.report(FslErrors.duplicateUnique(listSpan, first));
    }
    uniques.add(new Unique(span, terms));
  }

  private void check(int start) {
    reader.cursor.skipNewlines();
    Name name = reader.plainName();
    checkNames.add(name.text(), name.span());
    reader.cursor.skipBlanks();
    Expression body = reader.expression();
    if (!(body instanceof Expression.Parenthesized) && Reader.isLambda(body)) {
      reader.report(FslErrors.unparenthesizedCheck(body.span()));
    } else if (!Reader.isLambda(body)) {
      reader.report(FslErrors.of("Expected lambda check predicate", body.span()));
    }
    checks.add(new Check(reader.from(start), name, body));
  }

  // --- single members -------------------------------------------------------------------------

  private void once(String kind, Span span) {
    single.computeIfAbsent(kind, known -> reader.new Seen(known)).add("", span);
  }

  private Optional<Member<Long>> days(int start, Name word, String kind) {
    once(kind, word.span());
    reader.cursor.skipNewlines();
    int value = reader.cursor.position();
    if (reader.cursor.atIdentifier() || reader.atQuote()) {
      nameInsteadOfValue(start, value);
      return Optional.empty();
    }
    return reader
        .integer()
        .map(number -> new Member<>(reader.from(start), number, reader.from(value)));
  }

  private void nameInsteadOfValue(int start, int value) {
    reader.name();
    reader.report(FslErrors.of("Name is not allowed here", reader.from(value)));
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    char next = reader.cursor.peek();
    boolean more = next != '\n' && next != '\r' && next != '}' && next != ';' && next != '/';
    if (more) {
      reader.skipUnknown();
    } else {
      reader.cursor.moveTo(end);
      reader.report(FslErrors.of("Missing required value", reader.from(start)));
    }
  }

  private void documentTtls(int start, Name word) {
    once("document TTLs", word.span());
    reader.cursor.skipBlanks();
    int value = reader.cursor.position();
    Expression flag = reader.expression();
    if (flag instanceof Expression.BooleanLiteral literal) {
      documentTtls = new Member<>(reader.from(start), literal.value(), reader.from(value));
    } else {
      reader.report(FslErrors.of("Expected boolean literal", flag.span()));
    }
  }
}
