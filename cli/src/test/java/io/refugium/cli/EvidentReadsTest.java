package io.refugium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.access.Change;
import io.refugium.access.Predicate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.Preparation;
import io.refugium.access.Session;
import io.refugium.cli.EvidentReadsTest.Caller.Where;
import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Reads are granted without running a predicate where its form tells the outcome, lists are read
 * from indexes, and grants are remembered. Whoever asks, and whatever a request has written before:
 * the answer is always that of the interpreter.
 */
class EvidentReadsTest {
  private static final String FIRST = "at first";

  private static PredicateWorld world;
  private static int evident;

  @BeforeContainer
  static void start() {
    world = new PredicateWorld();
  }

  @AfterContainer
  static void stop() {
    if (world == null) {
      return; // it did not start, which says why
    }
    world.close();
    assertThat(evident).as("reads that were granted without the interpreter").isPositive();
  }

  // ---------------------------------------------------------------- what happens

  /** Who asks, and from where. */
  record Caller(String secret, Where where) {
    enum Where {
      QUERY,
      /** A function whose role knows of no identity. */
      FUNCTION,
      /** As streams do, before much was written and migrated: data of then, rights of now. */
      PAST
    }
  }

  /** Something that a request writes between two questions. */
  record Deed(Kind kind, int document, Value owner, Value state) {
    enum Kind {
      STORE,
      DELETE,
      CREATE,
      EXPIRE,
      REWRITE,
      REMOVE_CALLER,
      REDEFINE
    }
  }

  @Provide
  Arbitrary<Caller> callers() {
    return Combinators.combine(
            Arbitraries.of(world.secrets),
            Arbitraries.frequency(
                Tuple.of(6, Where.QUERY), Tuple.of(1, Where.FUNCTION), Tuple.of(2, Where.PAST)))
        .as(Caller::new);
  }

  /** No request may change a definition and documents that go by it. */
  @Provide
  Arbitrary<List<Deed>> deeds() {
    Arbitrary<Deed> deed =
        Combinators.combine(
                Arbitraries.of(Deed.Kind.class),
                Arbitraries.integers().between(0, world.ordinaryDocuments() - 1),
                Arbitraries.of(world.values),
                Arbitraries.of(world.values))
            .as(Deed::new);
    java.util.function.Predicate<Deed> redefines = one -> one.kind() == Deed.Kind.REDEFINE;
    return Arbitraries.frequencyOf(
        Tuple.of(9, deed.filter(redefines.negate()).list().ofMaxSize(3)),
        Tuple.of(1, deed.filter(redefines).list().ofSize(1)));
  }

  private static void carryOut(Deed deed, Session admin, List<Ref> documents) {
    Ref ref = documents.get(deed.document());
    Document before = admin.v4().get(ref, Transaction.NOW).orNull();
    ObjectValue data = ObjectValue.of("owner", deed.owner()).with("state", deed.state());
    ObjectValue fields = ObjectValue.of("data", data);
    switch (deed.kind()) {
      case STORE -> store(admin, ref, before, fields);
      case EXPIRE -> store(admin, ref, before, fields.with("ttl", new TimeValue(Instant.EPOCH)));
      case DELETE -> {
        if (before != null) {
          admin.v4().delete(ref);
        }
      }
      case CREATE ->
          documents.add(
              admin.v4().create(ref.collection(), fields, Preparation.of(fields), null).ref());
      case REWRITE ->
          admin
              .v4()
              .insert(
                  ref, admin.snapshotTime(), Version.Change.UPDATE, fields, Preparation.of(fields));
      case REMOVE_CALLER -> {
        if (PredicateWorld.exists(admin, world.alice)) {
          admin.v4().delete(world.alice);
        }
      }
      case REDEFINE -> PredicateWorld.call(admin, "redefine");
    }
  }

  private static void store(Session admin, Ref ref, Document before, ObjectValue fields) {
    if (before == null) {
      admin.v4().createWithId(ref, fields, Preparation.of(fields), null);
    } else {
      admin.v4().write(ref, _ -> Change.exactly(fields, Preparation.of(fields)), null);
    }
  }

  // ---------------------------------------------------------------- what must hold

  private static void check(
      PredicateCompiler language, Value source, Caller caller, List<Deed> deeds) {
    world.as(
        caller.secret(),
        session -> {
          Predicate asked = language.compile(session.catalog(), source);
          switch (caller.where()) {
            case QUERY -> check(asked, session, session, deeds);
            case FUNCTION -> check(asked, PredicateWorld.inside(session, "asRole"), session, deeds);
            case PAST ->
                session.asOf(
                    world.past,
                    then -> {
                      check(asked, then, then, List.of());
                      return 0;
                    });
          }
        });
  }

  private static void check(Predicate asked, Session asking, Session outside, List<Deed> deeds) {
    Session admin = PredicateWorld.inside(outside, "act");
    List<Ref> documents = new ArrayList<>(world.documents());
    world.predicate.become(asked, asking, documents.getLast());
    assertThat(compare(FIRST, asking, admin, documents)).isTrue();
    boolean rewritten = false;
    for (Deed deed : deeds) {
      carryOut(deed, admin, documents);
      // Sets know of rewritten history only when it is committed.
      rewritten |= deed.kind() == Deed.Kind.REWRITE;
      assertThat(compare("after " + deed, asking, admin, documents) || rewritten)
          .as("lists are complete after %s", deed)
          .isTrue();
    }
  }

  /** Whether lists are complete; whatever they have must be readable. */
  private static boolean compare(String when, Session asking, Session admin, List<Ref> documents) {
    List<Ref> readable = new ArrayList<>();
    for (Ref document : documents) {
      boolean says = world.predicate.says(document);
      world.predicate.wasRun();
      assertThat(asking.mayRead(document)).as("%s %s", document, when).isEqualTo(says);
      if (says && !world.predicate.wasRun() && when.equals(FIRST)) {
        evident++; // nothing is remembered yet
      }
      assertThat(asking.mayRead(document)).as("%s %s, again", document, when).isEqualTo(says);
      if (says && PredicateWorld.exists(admin, document)) {
        readable.add(document);
      }
    }
    assertThat(asking.mayRead(world.foreign)).isFalse();
    List<Ref> listed = new ArrayList<>();
    for (String name : PredicateWorld.COLLECTIONS) {
      listed.addAll(world.all(asking, admin.catalog().collection(name).id()));
    }
    readable.removeIf(ref -> admin.catalog().collection(ref.collection()) == null);
    assertThat(listed).as("lists %s", when).doesNotHaveDuplicates().isSubsetOf(readable);
    return listed.size() == readable.size();
  }

  // ---------------------------------------------------------------- FQL v10

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void inFqlV10(
      @ForAll("v10") String text,
      @ForAll("callers") Caller caller,
      @ForAll("deeds") List<Deed> deeds) {
    check(world.fql10.predicates(), new StringValue(text), caller, deeds);
  }

  @Provide
  Arbitrary<String> v10() {
    return PredicateGrammar.v10();
  }

  // ---------------------------------------------------------------- FQL v4

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void inFqlV4(
      @ForAll("v4") String text,
      @ForAll boolean old,
      @ForAll("callers") Caller caller,
      @ForAll("deeds") List<Deed> deeds) {
    Value lambda = world.lambda(text, old ? ApiVersion.V2_12 : ApiVersion.V4);
    if (lambda != null) {
      check(world.fql4.predicates(), lambda, caller, deeds);
    }
  }

  @Provide
  Arbitrary<String> v4() {
    return PredicateGrammar.v4();
  }
}
