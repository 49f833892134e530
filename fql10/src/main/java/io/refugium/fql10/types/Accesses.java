package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator {@code []} (language specification, section 8.5). */
final class Accesses {
  private final Definitions definitions;
  private final Reports reports;
  private final Subtyping subtyping;
  private final Selections selections;
  private final Calls calls;

  Accesses(
      Definitions definitions,
      Reports reports,
      Subtyping subtyping,
      Selections selections,
      Calls calls) {
    this.definitions = definitions;
    this.reports = reports;
    this.subtyping = subtyping;
    this.selections = selections;
    this.calls = calls;
  }

  /** The type of {@code receiver[arguments]}. */
  Type access(Type receiver, Expression key, Calls.Site site) {
    return Unions.of(
        receiver.variants().stream().map(variant -> variant(variant, key, site)).toList());
  }

  private Type variant(Type receiver, Expression key, Calls.Site site) {
    return switch (receiver.form()) {
      case Type.Any _, Unknown _ -> Type.ANY;
      case Type.Never _ -> Type.NEVER;
      case Hole hole -> access(hole.solution(), key, site);
      case Type.Struct struct -> struct(receiver, struct, key, site);
      case Type.Tuple(List<Type> elements) -> tuple(elements, key, site);
      case Type.NumberValue _, Type.StringValue _, Type.BooleanValue _ ->
          variant(Singletons.base(receiver), key, site);
      case Type.Named named -> named(receiver, named, key, site);
      default -> noAccess(receiver, site);
    };
  }

  private Type noAccess(Type receiver, Calls.Site site) {
    reports.add(TypeErrors.noAccess(receiver.toString(), site.list()));
    return Type.ANY;
  }

  private Type named(Type receiver, Type.Named named, Expression key, Calls.Site site) {
    if (receiver.isNull()) {
      return Type.NULL;
    }
    Optional<Type> own = definitions.access(named);
    if (own.isPresent()) {
      return calls.call(own.get(), site);
    }
    Optional<Type> alias = definitions.alias(receiver);
    if (alias.isEmpty()) {
      return noAccess(receiver, site);
    }
    return key instanceof Expression.StringLiteral(Span span, String name)
            && alias.get().form() instanceof Type.Struct
        ? selections.select(receiver, new Name(span, name), site.callee(), false)
        : access(alias.get(), key, site);
  }

  private Type struct(Type receiver, Type.Struct struct, Expression key, Calls.Site site) {
    if (key instanceof Expression.StringLiteral(Span span, String name)) {
      return selections.select(receiver, new Name(span, name), site.callee(), false);
    }
    checkKey(Type.STRING, site);
    List<Type> all = new ArrayList<>(struct.fields().values());
    struct.wildcard().ifPresent(all::add);
    all.add(Type.NULL);
    return struct.open() || all.contains(Type.ANY) ? Type.ANY : Unions.of(all);
  }

  private Type tuple(List<Type> elements, Expression key, Calls.Site site) {
    if (key instanceof Expression.IntLiteral(Span span, int index)) {
      if (index < 0) {
        reports.add(TypeErrors.negativeIndex(index, elements.size(), span));
        return Type.ANY;
      }
      return index < elements.size() ? elements.get(index) : Type.NEVER;
    }
    checkKey(Type.NUMBER, site);
    return Unions.of(elements);
  }

  private void checkKey(Type expected, Calls.Site site) {
    if (site.arguments().size() != 1) {
      reports.add(Diagnostic.error(TypeErrors.wrongArity(1, site.arguments().size()), site.list()));
      return;
    }
    Type key = site.arguments().getFirst();
    reports.mismatch(site.spans().getFirst(), key, expected, subtyping.check(key, expected));
  }
}
