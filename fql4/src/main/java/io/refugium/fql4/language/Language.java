package io.refugium.fql4.language;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.model.LambdaValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;

/**
 * The compiler of FQL v4: requests and stored lambdas to programs. What is read once is kept:
 * requests by their {@link Template}, the lambdas of a schema with their catalog. Thread-safe.
 */
public final class Language {
  private final Library library;
  private final Cache<String, Program> programs =
      Caffeine.newBuilder()
          .maximumWeight(Limits.CACHED_PROGRAMS_LENGTH)
          .weigher((String shape, Program _) -> shape.length())
          .executor(Runnable::run)
          .build();

  /**
   * @param library the functions there are
   */
  public Language(Library library) {
    this.library = library;
  }

  /** The body of a function, as the key of its compiled form in the catalog. */
  private record Body(Ref function) {}

  /**
   * A lambda that belongs to a catalog, as the key of its compiled form there: by identity, for it
   * may be large.
   */
  private record Owned(LambdaValue lambda) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      return other instanceof Owned that && lambda == that.lambda;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(lambda);
    }
  }

  /**
   * The program of a request. Requests that differ only in literals are compiled once.
   *
   * @throws Fql4Exception when it is not JSON or not an expression
   */
  public Program compile(byte[] body, ApiVersion version) {
    Template template =
        body.length > Limits.CACHED_PROGRAM_BYTES ? null : Template.of(body, version);
    if (template == null) {
      return Parser.parse(library, version, JsonReader.read(body));
    }
    Program known = programs.getIfPresent(template.shape());
    return known == null
        ? compile(template, JsonReader.read(body), version)
        : known.with(template.literals());
  }

  /**
   * Compiles a request and keeps the program for its shape, if the shape alone can be compiled:
   * what is wrong with a request may depend on its literals.
   */
  private Program compile(Template template, Value json, ApiVersion version) {
    Value punched = template.punched(json);
    if (punched == null) {
      return Parser.parse(library, version, json);
    }
    Program program;
    try {
      program = Parser.parse(library, version, punched, template.literals().size());
    } catch (Fql4Exception _) {
      return Parser.parse(library, version, json);
    }
    programs.put(template.shape(), program);
    return program.with(template.literals());
  }

  /** The program of an expression that is at hand as a value. */
  public Program compile(Value expression, ApiVersion version) {
    return Parser.parse(library, version, expression);
  }

  /** A lambda ready to run. */
  public CompiledLambda compile(LambdaValue lambda) {
    return Parser.parse(library, lambda);
  }

  /** The body of a function ready to run: compiled once for its catalog. */
  public CompiledLambda compile(Catalog catalog, FunctionDef function) {
    return catalog.memo(
        new Body(function.document().ref()), () -> compile((LambdaValue) function.body()));
  }

  /** A lambda that a catalog holds, ready to run: compiled once for it. */
  public CompiledLambda compile(Catalog catalog, LambdaValue lambda) {
    return catalog.memo(new Owned(lambda), () -> compile(lambda));
  }
}
