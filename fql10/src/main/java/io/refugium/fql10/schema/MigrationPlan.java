package io.refugium.fql10.schema;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.schema.FieldShape.Node;
import io.refugium.fql10.schema.FieldShape.Struct;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeReader;
import io.refugium.fql10.types.Unions;
import io.refugium.model.NullValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How the documents of a collection get from its live schema to the submitted one (schema
 * specification, section 7.3). Traces the new statements backwards, from the submitted fields to
 * those that the documents must have had, and compares these with the live ones.
 */
public final class MigrationPlan {
  private final CollectionItem live;
  private final CollectionItem submitted;
  private final TypeEnvironment environment;
  private final Function<Expression, Value> evaluation;

  private final Struct shape;
  private final MigrationErrors.Place place;
  private final List<Diagnostic> errors = new ArrayList<>();
  private final List<MigrationStep> steps = new ArrayList<>();
  private final Map<List<String>, Migration.Backfill> backfills = new LinkedHashMap<>();
  private final Map<List<String>, Migration.Add> added = new HashMap<>();
  private final Map<List<String>, Migration.Move> moved = new HashMap<>();
  private final Map<List<String>, Migration.Split> splitInto = new HashMap<>();
  private final Map<List<String>, Migration.Split> splitFrom = new HashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private Migration.AddWildcard laterWildcard;
  private FieldPath conflicts;

  /**
   * A plan.
   *
   * @param evaluation gives the values of backfills and defaults
   */
  public MigrationPlan(
      CollectionItem live,
      CollectionItem submitted,
      TypeEnvironment environment,
      Function<Expression, Value> evaluation) {
    this.live = live;
    this.submitted = submitted;
    this.environment = environment;
    this.evaluation = evaluation;
    this.shape = FieldShape.of(submitted);
    this.place = new MigrationErrors.Place(submitted);
  }

  /** Makes the plan; what is wrong with it, or nothing. */
  public List<Diagnostic> check(boolean empty) {
    List<Migration> statements = newStatements();
    for (Migration statement : statements.reversed()) {
      trace(statement);
    }
    for (Migration.Backfill backfill : backfills.values()) {
      errors.add(
          MigrationErrors.of(
              "Field `"
                  + backfill.field().text()
                  + "` is backfilled without being declared by an `add` or `split` migration",
              backfill.span()));
    }
    if (errors.isEmpty() && !empty) {
      compare();
    }
    return errors;
  }

  /** What has to be done to documents, in order; only if the check found nothing. */
  public List<MigrationStep> steps() {
    return steps.reversed();
  }

  /** The top level fields that get other values. */
  public Set<String> touched() {
    return touched;
  }

  /** The statements behind the longest beginning that the live block ends with. */
  private List<Migration> newStatements() {
    List<String> old = live.statements().stream().map(Migration::key).toList();
    List<Migration> all = submitted.statements();
    List<String> keys = all.stream().map(Migration::key).toList();
    for (int length = Math.min(old.size(), keys.size()); length > 0; length--) {
      if (keys.subList(0, length).equals(old.subList(old.size() - length, old.size()))) {
        return all.subList(length, all.size());
      }
    }
    return all;
  }

  private Type read(TypeExpression type) {
    return new TypeReader(environment, diagnostic -> {}).read(type).withoutOrigin();
  }

  private Type typeOf(Node node) {
    return node.type(this::read);
  }

  private boolean isNullable(Node node) {
    return TypeChecker.fits(Type.NULL, typeOf(node), environment);
  }

  private void touch(List<String> path) {
    touched.add(path.getFirst());
  }

  // --- tracing --------------------------------------------------------------------------------

  private void trace(Migration statement) {
    switch (statement) {
      case Migration.Backfill backfill -> backfill(backfill);
      case Migration.Add add -> add(add);
      case Migration.Drop drop -> drop(drop);
      case Migration.Move move -> move(move);
      case Migration.Split split -> split(split);
      case Migration.MoveConflicts move -> moveConflicts(move);
      case Migration.MoveWildcard move -> moveWildcard(move);
      case Migration.AddWildcard add -> addWildcard(add);
    }
  }

  private void backfill(Migration.Backfill statement) {
    FieldPath field = statement.field();
    Migration.Add later = added.get(field.names());
    if (later != null) {
      errors.add(MigrationErrors.addedAfterBackfill(field.text(), later.span(), statement.span()));
      return;
    }
    Node node = FieldShape.find(shape, field.names());
    Migration.Split split = splitInto.get(field.names());
    if (node == null && split != null) {
      errors.add(
          MigrationErrors.splitIntoAfterBackfill(field.text(), split.span(), statement.span()));
      return;
    }
    if (node == null) {
      errors.add(
          MigrationErrors.of(
              "Cannot backfill field `" + field.text() + "`, as it is not in the submitted schema",
              field.span()));
      return;
    }
    Migration.Backfill known = backfills.get(field.names());
    if (known != null) {
      errors.add(MigrationErrors.backfilledTwice(known.field(), field, known.span()));
      return;
    }
    if (isInOpenObject(field)) {
      errors.add(
          MigrationErrors.of(
              "Cannot backfill field, as there is a wildcard in the same struct as `"
                  + field.text()
                  + "`",
              field.span()));
      return;
    }
    checkBackfill(statement, node);
    backfills.put(field.names(), statement);
  }

  private void checkBackfill(Migration.Backfill statement, Node node) {
    for (Diagnostic error :
        TypeChecker.check(statement.value(), typeOf(node), environment).errors()) {
      List<Hint> hints =
          node.typeSpan().map(span -> Hint.hint("Field type defined here", span)).stream().toList();
      errors.add(error.with(hints));
    }
  }

  private void add(Migration.Add statement) {
    FieldPath field = statement.field();
    List<String> path = field.names();
    Node node = FieldShape.find(shape, path);
    Migration.Add later = added.get(path);
    if (node == null && later != null) {
      errors.add(MigrationErrors.addedTwice(later.field(), field.span(), later.span()));
      return;
    }
    if (node == null && moved.containsKey(path)) {
      errors.add(MigrationErrors.addedAndMovedInto(statement, moved.get(path)));
      return;
    }
    if (node == null && splitInto.containsKey(path)) {
      errors.add(MigrationErrors.addedAndSplitInto(statement, splitInto.get(path)));
      return;
    }
    if (node == null) {
      errors.add(
          MigrationErrors.of(
              "Cannot add field, as `" + field.text() + "` is not in the submitted schema",
              field.span()));
      return;
    }
    if (isInOpenObject(field)) {
      errors.add(
          MigrationErrors.of(
              "Cannot add field, as there is a wildcard in the same struct as `"
                  + field.text()
                  + "`",
              field.span()));
      return;
    }
    boolean receiver = conflicts != null && conflicts.equals(field);
    if (shape.open && conflicts == null) {
      errors.add(MigrationErrors.conflictsWithWildcard(field, statement.span()));
    }
    added.put(path, statement);
    Value value = valueOf(field, node);
    FieldShape.parent(shape, path).fields.remove(path.getLast());
    boolean displaces = shape.open && !receiver && conflicts != null;
    if (shape.open || value != NullValue.NULL) {
      touch(path);
    }
    steps.add(
        new MigrationStep.Add(
            path, typeText(node), value, displaces ? conflicts.names() : List.of()));
  }

  /** The value that documents get which have none; an error if they must have one. */
  private Value valueOf(FieldPath field, Node node) {
    Migration.Backfill backfill = backfills.remove(field.names());
    if (backfill != null) {
      return errors.isEmpty() ? evaluation.apply(backfill.value()) : NullValue.NULL;
    }
    if (node.defaultValue.isPresent()) {
      return errors.isEmpty() ? evaluation.apply(node.defaultValue.get()) : NullValue.NULL;
    }
    if (!isNullable(node)) {
      Span block = submitted.migrations().orElseThrow().span();
      errors.add(MigrationErrors.noValue(field, node, block));
    }
    return NullValue.NULL;
  }

  /** Whether a field is in an object, not the collection itself, that may have others. */
  private boolean isInOpenObject(FieldPath field) {
    Struct parent = FieldShape.parent(shape, field.names());
    return field.names().size() > 1 && parent != null && parent.open;
  }

  private String typeText(Node node) {
    return typeOf(node).toString();
  }

  private void drop(Migration.Drop statement) {
    FieldPath field = statement.field();
    List<String> path = field.names();
    Struct parent = FieldShape.parent(shape, path);
    if (parent == null) {
      Node above = FieldShape.find(shape, path.subList(0, path.size() - 1));
      errors.add(
          MigrationErrors.of(
              "Cannot drop field `"
                  + field.text()
                  + (above == null
                      ? "`, as the parent object was removed"
                      : "`, as the parent is not an object"),
              field.span()));
      return;
    }
    Node existing = parent.fields.get(path.getLast());
    if (existing != null) {
      errors.add(
          MigrationErrors.stillDefined(
              "Cannot drop field `"
                  + field.text()
                  + "`. Dropped fields must be removed from schema",
              field.span(),
              existing));
      return;
    }
    parent.fields.put(path.getLast(), Node.dropped(field.lastStep()));
    touch(path);
    steps.add(new MigrationStep.Drop(path));
  }

  private void move(Migration.Move statement) {
    FieldPath from = statement.field();
    FieldPath to = statement.to();
    if (from.equals(to)) {
      errors.add(MigrationErrors.movedToItself(from, statement.span()));
      return;
    }
    Node source = FieldShape.find(shape, from.names());
    if (source != null) {
      errors.add(MigrationErrors.moveFromDefined(from, to, source, statement.span()));
      return;
    }
    Node target = FieldShape.find(shape, to.names());
    if (target == null) {
      String why =
          added.containsKey(to.names())
              ? "Cannot move into field `" + to.text() + "` as it was also added"
              : "Cannot move field `" + to.text() + "`, as it is not in the submitted schema";
      errors.add(MigrationErrors.of(why, to.span()));
      return;
    }
    Struct parent = FieldShape.parent(shape, from.names());
    String obstacle = obstacleOfMove(statement, parent);
    if (obstacle != null) {
      boolean into = obstacle.startsWith(" into");
      FieldPath blamed = into ? to : from;
      errors.add(
          MigrationErrors.of(
              "Cannot move field `" + blamed.text() + "`" + obstacle, blamed.span()));
      return;
    }
    moved.put(to.names(), statement);
    FieldShape.parent(shape, to.names()).fields.remove(to.names().getLast());
    parent.fields.put(from.names().getLast(), target);
    steps.add(new MigrationStep.Move(from.names(), to.names()));
    touch(from.names());
    touch(to.names());
  }

  /** Why a move cannot be, as the end of the message; null if it can. */
  private String obstacleOfMove(Migration.Move statement, Struct parent) {
    List<String> from = statement.field().names();
    List<String> above = from.subList(0, from.size() - 1);
    if (parent == null && FieldShape.find(shape, above) == null) {
      return ", as the parent object was removed.";
    }
    if (parent == null
        || (!above.isEmpty() && FieldShape.find(FieldShape.of(live), from) == null)) {
      return ", as it is not in the live schema";
    }
    if (parent.open) {
      return " out of a struct with a wildcard definition";
    }
    return FieldShape.parent(shape, statement.to().names()).open
        ? " into a struct with a wildcard definition"
        : null;
  }

  private void split(Migration.Split statement) {
    FieldPath from = statement.field();
    Node source = FieldShape.find(shape, from.names());
    if (source != null && source.dropped != null) {
      errors.add(MigrationErrors.splitAndDropped(statement, source.dropped));
      return;
    }
    Migration.Split later = splitFrom.putIfAbsent(from.names(), statement);
    if (later != null && !later.to().contains(from)) {
      errors.add(MigrationErrors.splitTwice(statement, later));
      return;
    }
    if (source != null && !statement.to().contains(from)) {
      errors.add(
          MigrationErrors.stillDefined(
              "Cannot split field: field is still present in submitted schema",
              from.span(),
              source));
      return;
    }
    List<MigrationStep.Target> targets = new ArrayList<>();
    List<Node> parts = new ArrayList<>();
    for (FieldPath to : statement.to()) {
      Node node = FieldShape.find(shape, to.names());
      if (node == null) {
        errors.add(noTarget(statement, to));
        return;
      }
      if (FieldShape.parent(shape, to.names()).open) {
        errors.add(
            MigrationErrors.of(
                "Cannot split into field `"
                    + to.text()
                    + "`, which is in a struct with a wildcard definition",
                to.span()));
        return;
      }
      parts.add(node);
      targets.add(new MigrationStep.Target(to.names(), typeText(node), valueOf(to, node)));
      FieldShape.parent(shape, to.names()).fields.remove(to.names().getLast());
      touch(to.names());
    }
    Struct parent = FieldShape.parent(shape, from.names());
    if (parent != null) {
      parent.fields.put(from.names().getLast(), Node.split(parts));
    }
    statement.to().forEach(to -> splitInto.put(to.names(), statement));
    touch(from.names());
    steps.add(new MigrationStep.Split(from.names(), targets));
  }

  /** Why there is no field to split into: a later statement makes it, or none does. */
  private Diagnostic noTarget(Migration.Split statement, FieldPath to) {
    if (added.containsKey(to.names())) {
      return MigrationErrors.splitIntoAdded(to, added.get(to.names()));
    }
    if (moved.containsKey(to.names())) {
      return MigrationErrors.splitIntoMoved(statement, to, moved.get(to.names()));
    }
    if (splitInto.containsKey(to.names())) {
      return MigrationErrors.splitIntoTwice(statement, to, splitInto.get(to.names()));
    }
    return MigrationErrors.of(
        "Cannot split field, as `" + to.text() + "` is not in the submitted schema", to.span());
  }

  private boolean isReceiver(FieldPath into) {
    Node node = FieldShape.find(shape, into.names());
    if (node == null) {
      errors.add(
          MigrationErrors.of(
              "Cannot move wildcard conflicts to field `"
                  + into.text()
                  + "`, as it is not in the submitted schema",
              into.span()));
      return false;
    }
    if (!typeOf(node).toString().equals("{ *: Any } | Null")) {
      errors.add(
          MigrationErrors.of(
              "Wildcard conflicts field must have the type `{ *: Any } | Null`", into.span()));
      return false;
    }
    return true;
  }

  private void moveConflicts(Migration.MoveConflicts statement) {
    FieldPath into = statement.into();
    if (!isReceiver(into)) {
      conflicts = into;
      return;
    }
    if (!shape.open) {
      Span last =
          submitted.fields().isEmpty()
              ? submitted.name().span()
              : submitted.fields().getLast().span();
      Span block = submitted.migrations().orElseThrow().span();
      errors.add(
          MigrationErrors.of(
              "Cannot move wildcard conflicts, as there is no wildcard in the submitted schema",
              into.span(),
              Hint.insert("Add a wildcard constraint", last.atEnd(), "\n  *: Any"),
              Hint.insert(
                  "Move the extra fields into a conflicts field with `move_wildcard`",
                  block.source().span(block.end() - 1, block.end() - 1),
                  "  move_wildcard " + into.text() + "\n")));
      return;
    }
    conflicts = into;
  }

  private void moveWildcard(Migration.MoveWildcard statement) {
    FieldPath into = statement.into();
    if (!isReceiver(into)) {
      return;
    }
    if (shape.open) {
      errors.add(
          MigrationErrors.of(
              "Cannot move wildcard, as there is still a wildcard in the submitted schema",
              into.span()));
      return;
    }
    shape.open = true;
    touch(into.names());
    steps.add(new MigrationStep.MoveWildcard(into.names(), List.copyOf(shape.fields.keySet())));
  }

  private void addWildcard(Migration.AddWildcard statement) {
    if (laterWildcard != null) {
      errors.add(MigrationErrors.wildcardAddedTwice(laterWildcard.span()));
      return;
    }
    if (!shape.open) {
      errors.add(
          MigrationErrors.of(
              "Cannot add wildcard, as the submitted schema lacks a wildcard", statement.span()));
      return;
    }
    shape.open = false;
    laterWildcard = statement;
  }

  // --- comparing ------------------------------------------------------------------------------

  private void compare() {
    Struct before = FieldShape.of(live);
    shape.fields.forEach((name, node) -> compare(name, node, before.fields.get(name)));
    before.fields.forEach(
        (name, node) -> {
          if (!shape.fields.containsKey(name)) {
            Migration.Add add = added.get(List.of(name));
            String path = FieldPath.text(List.of(name));
            errors.add(
                add == null
                    ? MigrationErrors.notSubmitted(path, place)
                    : MigrationErrors.liveAlready(path, add.field().span()));
          }
        });
    if (before.open && !shape.open) {
      errors.add(MigrationErrors.missingWildcard(live.wildcard().isEmpty(), place));
    } else if (!before.open && shape.open) {
      errors.add(
          submitted
              .wildcard()
              .map(wildcard -> MigrationErrors.wildcardNotLive(wildcard.span(), place))
              .orElseGet(() -> MigrationErrors.allDropped(place)));
    }
  }

  private void compare(String name, Node node, Node before) {
    String path = FieldPath.text(List.of(name));
    if (before == null) {
      errors.add(
          node.dropped != null
              ? MigrationErrors.droppedNothing(path, node.dropped)
              : MigrationErrors.notLive(
                  path, node, node.defaultValue.isEmpty() && !isNullable(node), place));
      return;
    }
    Type now = typeOf(node);
    Type old = typeOf(before);
    boolean top = now.form() instanceof Type.Any;
    boolean fromTop = old.form() instanceof Type.Any && !top;
    if (!top && (fromTop || !TypeChecker.fits(old, now, environment))) {
      errors.add(
          MigrationErrors.mismatch(
              path,
              now.toString(),
              old.toString(),
              missing(old, now).toString(),
              node.typeSpan(),
              place.member(liveIndex(name))));
    }
  }

  private int liveIndex(String name) {
    List<String> names = live.fields().stream().map(field -> field.name().text()).toList();
    return names.indexOf(name);
  }

  /** The part of a type that another lacks. */
  private Type missing(Type old, Type now) {
    if (!(old.form() instanceof Type.Union(List<Type> members))) {
      return old;
    }
    List<Type> lacking =
        members.stream().filter(member -> !TypeChecker.fits(member, now, environment)).toList();
    return lacking.isEmpty() ? old : Unions.of(lacking);
  }
}
