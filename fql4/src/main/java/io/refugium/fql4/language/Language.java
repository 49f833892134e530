package io.refugium.fql4.language;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.Catalog;
import io.refugium.database.FunctionDef;
import io.refugium.model.LambdaValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.Arrays;

/**
 * The compiler of FQL v4: requests and stored lambdas to programs. What is read once is kept: the
 * lambdas of a schema with their catalog, requests by their text once it has come a second time.
 * Thread-safe.
 */
public final class Language {
  private final Library library;
  private final Cache<Text, Program> programs =
      Caffeine.newBuilder().maximumSize(Limits.CACHED_PROGRAMS).executor(Runnable::run).build();
  private final Sightings texts = new Sightings(Limits.REMEMBERED_TEXTS);

  /**
   * @param library the functions there are
   */
  public Language(Library library) {
    this.library = library;
  }

  /** A request's text in a version; equal texts are the same program. */
  private record Text(byte[] bytes, ApiVersion version) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Text that
          && version == that.version
          && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(bytes) + version.ordinal();
    }
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
   * The program of a request.
   *
   * @throws Fql4Exception when it is not JSON or not an expression
   */
  public Program compile(byte[] body, ApiVersion version) {
    if (body.length > Limits.CACHED_PROGRAM_BYTES) {
      return Parser.parse(library, version, JsonReader.read(body));
    }
    Text text = new Text(body, version);
    Program known = programs.getIfPresent(text);
    if (known == null) {
      known = Parser.parse(library, version, JsonReader.read(body));
      if (texts.again(text.hashCode())) {
        programs.put(text, known);
      }
    }
    return known;
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
