package io.refugium.fsl.parse;

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
import java.util.function.Function;

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
  private final PathReader paths;
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
    this.paths = new PathReader(reader);
    this.fieldNames = reader.new Seen("field");
    this.indexNames = reader.new Seen("index name");
    this.checkNames = reader.new Seen("check constraint name");
  }

  /** The item, whose keyword the cursor stands behind; empty after an error. */
  Optional<CollectionItem> item(int start, Span keyword, Optional<Name> alias) {
    Optional<Name> name = reader.requiredName(keyword);
    if (name.isEmpty() || reader.requiredBlock(start, this::member).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CollectionItem(
            reader.from(start),
            name.get(),
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
            Optional.ofNullable(migrations)));
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
      case "compute" -> computed(start, word.span());
      case "index" -> index(start, word.span());
      case "unique" -> unique(start);
      case "check" -> check(start, word.span());
      case "history_days" -> historyDays = days(start, "history days").orElse(historyDays);
      case "ttl_days" -> ttlDays = days(start, "ttl days").orElse(ttlDays);
      case "document_ttls" -> documentTtls(start);
      case "migrations" -> migrations(start);
      default -> unknown(start, word);
    }
  }

  private void unknown(int start, Name word) {
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    if (reader.cursor.take('=')) {
      reader.cursor.skipNewlines();
      reader.expression();
      reader.report(FslErrors.of("Expected a type signature", reader.from(start)));
      return;
    }
    reader.cursor.moveTo(end);
    reader.report(FslErrors.invalidFieldOrMember(word.text(), word.span()));
    reader.skipUnknown();
  }

  // --- fields ---------------------------------------------------------------------------------

  private void field(int start, Name name) {
    reader.require(":");
    reader.cursor.skipNewlines();
    TypeExpression type = reader.type();
    int end = reader.cursor.position();
    Optional<Expression> value = defaultValue();
    if (value.isEmpty()) {
      reader.cursor.moveTo(end);
    }
    addName(start, name);
    TypeDefaults.checkField(type, value.map(Expression::span)).forEach(reader::report);
    fields.add(new Field(reader.from(start), name, type, value));
  }

  private void addName(int start, Name name) {
    if (SPECIAL_NAMES.contains(name.text())) {
      reader.report(FslErrors.reservedName(name.text(), reader.from(start)));
    }
    fieldNames.add(name.text(), name.span());
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

  private void computed(int start, Span keyword) {
    Optional<Name> name = reader.requiredPlainName(keyword);
    if (name.isEmpty()) {
      return;
    }
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    Optional<TypeExpression> type = Optional.empty();
    if (reader.cursor.take(':')) {
      reader.cursor.skipNewlines();
      TypeExpression found = reader.type();
      TypeDefaults.checkForbidden(found).forEach(reader::report);
      type = Optional.of(found);
      end = reader.cursor.position();
      reader.cursor.skipBlanks();
    }
    if (!reader.cursor.take('=')) {
      reader.cursor.moveTo(end);
      Span before = reader.cursor.source().span(start, name.get().span().start());
      reader.report(FslErrors.of("Computed fields require a value", before));
      return;
    }
    reader.cursor.skipNewlines();
    Expression body = reader.expression();
    addName(start, name.get());
    if (!Reader.isLambda(body) && !Reader.isParenthesizedLambda(body)) {
      reader.report(FslErrors.of("Expected lambda", body.span()));
    }
    computed.add(new Computed(reader.from(start), name.get(), type, body));
  }

  // --- indexes and constraints ----------------------------------------------------------------

  private void index(int start, Span keyword) {
    Optional<Name> name = reader.requiredPlainName(keyword);
    if (name.isEmpty()) {
      return;
    }
    indexNames.add(name.get().text(), name.get().span());
    IndexBlock block = new IndexBlock();
    reader.requiredBlock(start, block::member);
    indexes.add(
        new Index(
            reader.from(start),
            name.get(),
            Optional.ofNullable(block.terms),
            Optional.ofNullable(block.values)));
  }

  /** The members of an index. */
  private final class IndexBlock {
    private Member<List<Part>> terms;
    private Member<List<Part>> values;
    private final Reader.Seen termsSeen = reader.new Seen("terms definition");
    private final Reader.Seen valuesSeen = reader.new Seen("values definition");

    void member() {
      int start = reader.cursor.position();
      Name word = reader.memberWord();
      switch (word.text()) {
        case "terms" -> {
          terms = parts(start, "Expected an array of terms", paths::term).orElse(terms);
          termsSeen.add("", reader.from(start));
        }
        case "values" -> {
          values = parts(start, "Expected an array of values", paths::value).orElse(values);
          valuesSeen.add("", reader.from(start));
        }
        default -> {
          reader.report(FslErrors.invalidMember(word.text(), word.span()));
          reader.skipUnknown();
        }
      }
    }
  }

  /** A list of paths as the value of a member; empty if there is no value. */
  private Optional<Member<List<Part>>> parts(
      int start, String otherwise, Function<Expression, Optional<Part>> part) {
    reader.refuseName();
    if (!reader.atRequiredLiteral(start)) {
      return Optional.empty();
    }
    if (reader.cursor.peek() != '[') {
      Span value = reader.expression().span();
      reader.report(FslErrors.of(otherwise, value));
      return Optional.of(new Member<>(reader.from(start), List.of(), value));
    }
    int list = reader.cursor.position();
    List<Expression> elements = reader.list();
    return Optional.of(
        new Member<>(
            reader.from(start),
            elements.stream().map(part).flatMap(Optional::stream).toList(),
            reader.from(list)));
  }

  private void unique(int start) {
    parts(start, "Expected an array of terms", paths::term)
        .ifPresent(terms -> unique(terms.span(), terms.valueSpan(), terms.value()));
  }

  private void unique(Span span, Span list, List<Part> terms) {
    if (terms.isEmpty()) {
      reader.report(FslErrors.of("Expected non-empty terms for a unique constraint", list));
    }
    Set<Object> covered = new HashSet<>();
    terms.forEach(term -> covered.add(List.of(term.path(), term.mva())));
    Span first = uniqueTerms.putIfAbsent(covered, list);
    if (first != null) {
      reader.report(FslErrors.duplicateUnique(list, first));
    }
    uniques.add(new Unique(span, terms));
  }

  private void check(int start, Span keyword) {
    Optional<Name> name = reader.requiredPlainName(keyword);
    if (name.isEmpty()) {
      return;
    }
    checkNames.add(name.get().text(), name.get().span());
    Optional<Expression> body = reader.requiredLiteral(start);
    if (body.isEmpty()) {
      return;
    }
    Expression lambda = body.get();
    if (Reader.isLambda(lambda)) {
      reader.report(FslErrors.unparenthesizedCheck(lambda.span()));
    } else if (!Reader.isParenthesizedLambda(lambda)) {
      reader.report(FslErrors.of("Expected lambda check predicate", lambda.span()));
    }
    checks.add(new Check(reader.from(start), name.get(), lambda));
  }

  // --- single members -------------------------------------------------------------------------

  private void once(String kind, int start) {
    single.computeIfAbsent(kind, known -> reader.new Seen(known)).add("", reader.from(start));
  }

  private Optional<Member<Long>> days(int start, String kind) {
    reader.refuseName();
    Optional<Expression> value = reader.requiredLiteral(start);
    once(kind, start);
    return value
        .flatMap(reader::integer)
        .map(days -> new Member<>(reader.from(start), days, value.get().span()));
  }

  private void documentTtls(int start) {
    reader.refuseName();
    Optional<Expression> value = reader.requiredLiteral(start);
    once("document TTLs", start);
    if (value.isEmpty()) {
      return;
    }
    if (value.get() instanceof Expression.BooleanLiteral flag) {
      documentTtls = new Member<>(reader.from(start), flag.value(), flag.span());
    } else {
      reader.report(FslErrors.of("Expected boolean literal", value.get().span()));
    }
  }

  private void migrations(int start) {
    migrations = new MigrationParser(reader).block(start).orElse(migrations);
    once("migration block", start);
  }
}
