package io.refugium.conformance.drivers;

import static com.faunadb.client.query.Language.Abort;
import static com.faunadb.client.query.Language.Abs;
import static com.faunadb.client.query.Language.Add;
import static com.faunadb.client.query.Language.Append;
import static com.faunadb.client.query.Language.Arr;
import static com.faunadb.client.query.Language.At;
import static com.faunadb.client.query.Language.Call;
import static com.faunadb.client.query.Language.Casefold;
import static com.faunadb.client.query.Language.Collection;
import static com.faunadb.client.query.Language.Concat;
import static com.faunadb.client.query.Language.Count;
import static com.faunadb.client.query.Language.Create;
import static com.faunadb.client.query.Language.CreateCollection;
import static com.faunadb.client.query.Language.CreateDatabase;
import static com.faunadb.client.query.Language.CreateFunction;
import static com.faunadb.client.query.Language.CreateIndex;
import static com.faunadb.client.query.Language.CreateKey;
import static com.faunadb.client.query.Language.CreateRole;
import static com.faunadb.client.query.Language.CurrentIdentity;
import static com.faunadb.client.query.Language.Database;
import static com.faunadb.client.query.Language.DayOfWeek;
import static com.faunadb.client.query.Language.Delete;
import static com.faunadb.client.query.Language.Difference;
import static com.faunadb.client.query.Language.Do;
import static com.faunadb.client.query.Language.Documents;
import static com.faunadb.client.query.Language.Drop;
import static com.faunadb.client.query.Language.Equals;
import static com.faunadb.client.query.Language.Events;
import static com.faunadb.client.query.Language.Exists;
import static com.faunadb.client.query.Language.Filter;
import static com.faunadb.client.query.Language.FindStr;
import static com.faunadb.client.query.Language.Foreach;
import static com.faunadb.client.query.Language.Format;
import static com.faunadb.client.query.Language.Function;
import static com.faunadb.client.query.Language.GT;
import static com.faunadb.client.query.Language.Get;
import static com.faunadb.client.query.Language.HasCurrentIdentity;
import static com.faunadb.client.query.Language.Identify;
import static com.faunadb.client.query.Language.If;
import static com.faunadb.client.query.Language.Index;
import static com.faunadb.client.query.Language.Insert;
import static com.faunadb.client.query.Language.Intersection;
import static com.faunadb.client.query.Language.IsEmpty;
import static com.faunadb.client.query.Language.Join;
import static com.faunadb.client.query.Language.Lambda;
import static com.faunadb.client.query.Language.Length;
import static com.faunadb.client.query.Language.Let;
import static com.faunadb.client.query.Language.Login;
import static com.faunadb.client.query.Language.Logout;
import static com.faunadb.client.query.Language.Map;
import static com.faunadb.client.query.Language.Match;
import static com.faunadb.client.query.Language.Max;
import static com.faunadb.client.query.Language.Min;
import static com.faunadb.client.query.Language.Modulo;
import static com.faunadb.client.query.Language.Multiply;
import static com.faunadb.client.query.Language.NGram;
import static com.faunadb.client.query.Language.Now;
import static com.faunadb.client.query.Language.Obj;
import static com.faunadb.client.query.Language.Paginate;
import static com.faunadb.client.query.Language.Path;
import static com.faunadb.client.query.Language.Query;
import static com.faunadb.client.query.Language.Range;
import static com.faunadb.client.query.Language.Reduce;
import static com.faunadb.client.query.Language.Ref;
import static com.faunadb.client.query.Language.Remove;
import static com.faunadb.client.query.Language.Replace;
import static com.faunadb.client.query.Language.ReplaceStrRegex;
import static com.faunadb.client.query.Language.Reverse;
import static com.faunadb.client.query.Language.Role;
import static com.faunadb.client.query.Language.Round;
import static com.faunadb.client.query.Language.Select;
import static com.faunadb.client.query.Language.SubString;
import static com.faunadb.client.query.Language.Sum;
import static com.faunadb.client.query.Language.Take;
import static com.faunadb.client.query.Language.Time;
import static com.faunadb.client.query.Language.TimeAdd;
import static com.faunadb.client.query.Language.TitleCase;
import static com.faunadb.client.query.Language.ToDate;
import static com.faunadb.client.query.Language.ToInteger;
import static com.faunadb.client.query.Language.ToString;
import static com.faunadb.client.query.Language.Union;
import static com.faunadb.client.query.Language.Update;
import static com.faunadb.client.query.Language.Value;
import static com.faunadb.client.query.Language.Var;
import static com.faunadb.client.query.Language.Year;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.faunadb.client.FaunaClient;
import com.faunadb.client.errors.BadRequestException;
import com.faunadb.client.errors.FaunaException;
import com.faunadb.client.errors.NotFoundException;
import com.faunadb.client.errors.PermissionDeniedException;
import com.faunadb.client.errors.UnauthorizedException;
import com.faunadb.client.query.Expr;
import com.faunadb.client.query.Language.Action;
import com.faunadb.client.query.Language.TimeUnit;
import com.faunadb.client.types.Value;
import io.refugium.conformance.ServerProcess;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What the documentation of {@code com.faunadb:faunadb-java} shows of FQL v4, through the
 * unmodified driver: each test works in a database of its own and asserts the values that come
 * back.
 */
class JavaV4ExamplesTest {
  private static ServerProcess server;

  private FaunaClient db;

  @BeforeAll
  static void startServer() {
    server = ServerProcess.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void setUp(TestInfo test) {
    FaunaClient root = client(ServerProcess.SECRET);
    String name = test.getTestMethod().orElseThrow().getName();
    JavaV4.run(root, CreateDatabase(Obj("name", Value(name))));
    db =
        client(
            text(
                JavaV4.run(root, CreateKey(Obj("role", Value("admin"), "database", Database(name))))
                    .at("secret")));
  }

  // ---- Documents

  @Test
  void aDocumentIsCreatedReadChangedAndDeleted() {
    collection("posts");
    Value post =
        run(Create(Collection("posts"), data("title", Value("What I had for breakfast ..."))));
    Value ref = post.at("ref");
    assertThat(ref.get(Value.RefV.class).getCollection().orElseThrow().getId()).isEqualTo("posts");
    assertThat(run(Get(ref))).isEqualTo(post);
    Value tagged =
        run(Update(ref, data("tags", Arr(Value("pet"), Value("cute")), "title", Value("My cat"))));
    assertThat(strings(tagged.at("data", "tags"))).containsExactly("pet", "cute");
    assertThat(number(tagged.at("ts"))).isGreaterThan(number(post.at("ts")));
    Value replaced = run(Replace(ref, data("title", Value("Bare"))));
    assertThat(replaced.at("data").toMap(Value.class)).containsOnlyKeys("title");
    assertThat(run(Delete(ref))).isEqualTo(replaced);
    assertThat(flag(run(Exists(ref)))).isFalse();
    assertError(
        () -> run(Get(ref)),
        NotFoundException.class,
        404,
        "instance not found",
        "Document not found.");
  }

  @Test
  void anIdCanBeChosenOnce() {
    collection("posts");
    Expr create = Create(Ref(Collection("posts"), "42"), data("n", Value(1)));
    assertThat(run(create).at("ref").get(Value.RefV.class).getId()).isEqualTo("42");
    assertError(
        () -> run(create),
        BadRequestException.class,
        400,
        "instance already exists",
        "Document already exists.",
        "create");
  }

  @Test
  void valuesKeepTheirTypes() {
    collection("things");
    Instant instant = Instant.parse("2026-02-03T04:05:06.123456789Z");
    LocalDate date = LocalDate.parse("2026-02-03");
    byte[] bytes = {1, 2, -6};
    Value thing =
        run(
            Create(
                Collection("things"),
                Obj(
                    "data",
                    Obj(
                        "time", Value(instant),
                        "date", Value(date),
                        "bytes", Value(bytes),
                        "double", Value(1.5),
                        "big", Value(Long.MAX_VALUE)))));
    Value read = run(Get(thing.at("ref"))).at("data");
    assertThat(read.at("time").get(Instant.class)).isEqualTo(instant);
    assertThat(read.at("date").get(LocalDate.class)).isEqualTo(date);
    assertThat(read.at("bytes").get(byte[].class)).isEqualTo(bytes);
    assertThat(read.at("double").get(Double.class)).isEqualTo(1.5);
    assertThat(number(read.at("big"))).isEqualTo(Long.MAX_VALUE);
    Value set = run(Documents(Collection("things")));
    assertThat(set).isInstanceOf(Value.SetRefV.class);
    assertThat(run(Paginate(set)).at("data", "0")).isNotNull();
  }

  // ---- Pure functions

  @Test
  void basicFormsAndArrays() {
    assertThat(
            number(
                run(
                    Let("a", Value(1), "b", Add(Value(2), Value(3)))
                        .in(Multiply(Var("b"), Add(Var("a"), Value(1)))))))
        .isEqualTo(10);
    assertThat(text(run(If(GT(Value(2), Value(1)), Value("yes"), Abort("never")))))
        .isEqualTo("yes");
    assertThat(numbers(run(Map(numbers(1, 2, 3), n -> Multiply(n, n)))))
        .containsExactly(1L, 4L, 9L);
    assertThat(
            numbers(run(Filter(numbers(1, 2, 3, 4), n -> Equals(Modulo(n, Value(2)), Value(0))))))
        .containsExactly(2L, 4L);
    assertThat(
            number(
                run(
                    Reduce(
                        Lambda(Arr(Value("acc"), Value("n")), Add(Var("acc"), Var("n"))),
                        Value(10),
                        numbers(1, 2, 3)))))
        .isEqualTo(16);
    assertThat(numbers(run(Foreach(numbers(1, 2), n -> Add(n, Value(1)))))).containsExactly(1L, 2L);
    assertThat(numbers(run(Take(2, numbers(1, 2, 3))))).containsExactly(1L, 2L);
    assertThat(numbers(run(Drop(2, numbers(1, 2, 3))))).containsExactly(3L);
    assertThat(numbers(run(Append(numbers(3), numbers(1, 2))))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(run(Union(numbers(1, 2), numbers(2, 3))))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(run(Intersection(numbers(1, 2), numbers(2, 3))))).containsExactly(2L);
    assertThat(numbers(run(Difference(numbers(1, 2, 4), numbers(2))))).containsExactly(1L, 4L);
    assertThat(text(run(Select(Path("a").at(1), Obj("a", Arr(Value("x"), Value("y")))))))
        .isEqualTo("y");
    assertThat(text(run(Select(Path("z"), Obj("a", Value(1)), Value("default")))))
        .isEqualTo("default");
  }

  @Test
  void stringsNumbersAndTimes() {
    assertThat(
            strings(
                run(
                    Arr(
                        Concat(Arr(Value("Hen"), Value("Wen")), Value(" ")),
                        Casefold("Hen Wen"),
                        SubString("ABCDEFGH", -3, 2),
                        ReplaceStrRegex("a1b22", "[0-9]+", "#"),
                        TitleCase("one fish"),
                        Format("%2$s-%1$d", Value(7), Value("x")),
                        ToString(Value(42))))))
        .containsExactly("Hen Wen", "hen wen", "FG", "a#b#", "One Fish", "x-7", "42");
    assertThat(strings(run(NGram("what", 2, 3)))).containsExactly("wh", "wha", "ha", "hat", "at");
    assertThat(numbers(run(Arr(FindStr("ABCDE", "CD"), Length("dög"), Abs(-3L), ToInteger(3.9)))))
        .containsExactly(2L, 3L, 3L, 3L);
    assertThat(run(Round(1.666666, 3L)).get(Double.class)).isEqualTo(1.667);
    assertThat(run(Time("2026-05-06T07:08:09+02:00")).get(Instant.class))
        .isEqualTo(Instant.parse("2026-05-06T05:08:09Z"));
    assertThat(run(TimeAdd(Instant.EPOCH, 2, TimeUnit.HOUR)).get(Instant.class))
        .isEqualTo(Instant.parse("1970-01-01T02:00:00Z"));
    assertThat(run(ToDate(Value(Instant.EPOCH))).get(LocalDate.class)).isEqualTo(LocalDate.EPOCH);
    assertThat(numbers(run(Arr(Year(Value(Instant.EPOCH)), DayOfWeek(Value(Instant.EPOCH))))))
        .containsExactly(1970L, 4L);
  }

  @Test
  void failuresAreThoseOfTheDriver() {
    assertError(
        () -> run(Abort("stopped")),
        BadRequestException.class,
        400,
        "transaction aborted",
        "stopped");
    assertError(
        () -> run(Arr(Value(1), Add(Value(1), Value("x")))),
        BadRequestException.class,
        400,
        "invalid argument",
        "Number expected, String provided.",
        "1",
        "add",
        "1");
    assertError(
        () -> run(Select(Path("a", "b"), Obj())),
        NotFoundException.class,
        404,
        "value not found",
        "Value not found at path [a,b].",
        "from");
    assertError(
        () -> run(Var("nope")),
        BadRequestException.class,
        400,
        "invalid expression",
        "Variable 'nope' is not defined.");
    assertThatThrownBy(() -> JavaV4.run(client("no-such-secret"), Now()))
        .isInstanceOf(UnauthorizedException.class);
  }

  // ---- Pages and sets

  @Test
  void pagesFollowEachOtherBothWays() {
    collection("numbers");
    run(
        CreateIndex(
            Obj(
                "name", Value("numbers_by_n"),
                "source", Collection("numbers"),
                "values", Arr(Obj("field", Arr(Value("data"), Value("n")))))));
    List<Expr> hundred = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      hundred.add(Value(n));
    }
    run(Foreach(Arr(hundred), n -> Create(Collection("numbers"), data("n", n))));
    Expr all = Match(Index("numbers_by_n"));
    Value first = run(Paginate(all).size(30));
    assertThat(numbers(first.at("data"))).hasSize(30).startsWith(0L).endsWith(29L);
    assertThat(first.at("before").getOptional()).isEmpty();
    Value second = run(Paginate(all).size(30).after(first.at("after")));
    assertThat(numbers(second.at("data"))).hasSize(30).startsWith(30L).endsWith(59L);
    Value back = run(Paginate(all).size(30).before(second.at("before")));
    assertThat(back.at("data")).isEqualTo(first.at("data"));
    assertThat(numbers(run(Paginate(all).size(3).after(Arr(Value(97)))).at("data")))
        .containsExactly(97L, 98L, 99L);
    assertThat(numbers(run(Paginate(Range(all, Value(10), Value(12)))).at("data")))
        .containsExactly(10L, 11L, 12L);
    assertThat(numbers(run(Paginate(Reverse(all)).size(2)).at("data"))).containsExactly(99L, 98L);
    Value sourced = run(Paginate(all).size(1).sources(true)).at("data").at(0);
    assertThat(number(sourced.at("value"))).isZero();
    assertThat(sourced.at("sources").at(0)).isInstanceOf(Value.SetRefV.class);
    assertThat(numbers(run(Arr(Count(all), Sum(all), Max(all), Min(all)))))
        .containsExactly(100L, 4950L, 99L, 0L);
  }

  @Test
  void setsAreCombinedAndJoined() {
    collection("spells");
    collection("casts");
    index("spells_by_element", "spells", "element");
    index("casts_by_spell", "casts", "spell");
    Value beak = spell("Fire Beak", "air", "fire");
    Value claw = spell("Water Dragon's Claw", "water", "fire");
    Value wallow = spell("Hippo's Wallow", "water", "earth");
    Expr fire = Match(Index("spells_by_element"), Value("fire"));
    Expr water = Match(Index("spells_by_element"), Value("water"));
    assertThat(refs(Union(fire, water))).containsExactly(beak, claw, wallow);
    assertThat(refs(Intersection(fire, water))).containsExactly(claw);
    assertThat(refs(Difference(water, fire))).containsExactly(wallow);
    assertThat(
            refs(
                Filter(
                    water,
                    ref ->
                        Equals(Select(Path("data", "name"), Get(ref)), Value("Hippo's Wallow")))))
        .containsExactly(wallow);
    Value cast = run(Create(Collection("casts"), data("spell", claw))).at("ref");
    assertThat(refs(Join(fire, Index("casts_by_spell")))).containsExactly(cast);
    assertThat(refs(Join(fire, spell -> Match(Index("casts_by_spell"), spell))))
        .containsExactly(cast);
    assertThat(flag(run(IsEmpty(Match(Index("spells_by_element"), Value("void")))))).isTrue();
  }

  // ---- History

  @Test
  void historyIsReadAndRewritten() {
    run(CreateCollection(Obj("name", Value("notes"), "history_days", Value(30))));
    Value created = run(Create(Collection("notes"), data("n", Value(1))));
    Value ref = created.at("ref");
    long ts = number(created.at("ts"));
    long updated = number(run(Update(ref, data("n", Value(2)))).at("ts"));
    run(Delete(ref));
    Value events = run(Paginate(Events(ref))).at("data");
    assertThat(events.collect(Value.class).stream().map(e -> text(e.at("action"))))
        .containsExactly("create", "update", "delete");
    assertThat(number(run(Get(ref, Value(ts))).at("data", "n"))).isEqualTo(1);
    assertThat(number(run(At(Value(updated), Get(ref))).at("data", "n"))).isEqualTo(2);
    assertThat(flag(run(At(Value(ts - 1), Exists(ref))))).isFalse();
    assertThat(run(Paginate(Documents(Collection("notes"))).ts(updated)).at("data").at(0))
        .isEqualTo(ref);
    Value inserted = run(Insert(ref, Value(ts + 1), Action.CREATE, data("n", Value(7))));
    assertThat(number(inserted.at("ts"))).isEqualTo(ts + 1);
    assertThat(number(inserted.at("data", "n"))).isEqualTo(7);
    assertThat(number(run(Get(ref, Value(ts + 1))).at("data", "n"))).isEqualTo(7);
    run(Remove(ref, Value(ts + 1), Action.CREATE));
    assertThat(run(Paginate(Events(ref))).at("data")).isEqualTo(events);
    assertError(
        () -> run(At(Value(ts), Create(Collection("notes"), Obj()))),
        BadRequestException.class,
        400,
        "invalid write time",
        "Cannot write outside of snapshot time.",
        "expr",
        "create");
  }

  // ---- Functions, uniqueness, identity

  @Test
  void functionsRunWithTheirRole() {
    collection("secrets");
    run(Create(Ref(Collection("secrets"), "1"), data("text", Value("open sesame"))));
    Expr read = Select(Path("data", "text"), Get(Ref(Collection("secrets"), "1")));
    run(
        CreateFunction(
            Obj(
                "name", Value("reveal"),
                "role", Value("server"),
                "body", Query(Lambda(Arr(), read)))));
    run(CreateFunction(Obj("name", Value("peek"), "body", Query(Lambda(Arr(), read)))));
    run(
        CreateFunction(
            Obj(
                "name", Value("add_up"),
                "body", Query(Lambda(Arr(Value("x"), Value("y")), Add(Var("x"), Var("y")))))));
    Expr calling = Obj("call", Value(true));
    run(
        CreateRole(
            Obj(
                "name", Value("caller"),
                "privileges",
                    Arr(
                        Obj("resource", Function("reveal"), "actions", calling),
                        Obj("resource", Function("add_up"), "actions", calling),
                        Obj("resource", Function("peek"), "actions", calling)))));
    FaunaClient caller = client(text(run(CreateKey(Obj("role", Role("caller")))).at("secret")));
    assertThat(number(JavaV4.run(caller, Call(Function("add_up"), Value(2), Value(40)))))
        .isEqualTo(42);
    assertThat(text(JavaV4.run(caller, Call(Function("reveal"))))).isEqualTo("open sesame");
    assertError(
        () -> JavaV4.run(caller, Call(Function("peek"))),
        BadRequestException.class,
        400,
        "call error",
        "Calling the function resulted in an error.");
    assertError(
        () -> JavaV4.run(caller, Get(Ref(Collection("secrets"), "1"))),
        PermissionDeniedException.class,
        403,
        "permission denied",
        "Insufficient privileges to perform the action.");
  }

  @Test
  void uniqueIndexesRefuseDuplicates() {
    collection("users");
    run(
        CreateIndex(
            Obj(
                "name", Value("users_by_email"),
                "source", Collection("users"),
                "terms", Arr(Obj("field", Arr(Value("data"), Value("email")))),
                "unique", Value(true))));
    Expr create = Create(Collection("users"), data("email", Value("a@example.com")));
    Value first = run(create);
    assertError(
        () -> run(create),
        BadRequestException.class,
        400,
        "instance not unique",
        "document is not unique.",
        "create");
    run(Do(Delete(first.at("ref")), create));
    assertThatThrownBy(() -> run(Create(Collection("users"), Obj("data", Value(7)))))
        .asInstanceOf(type(BadRequestException.class))
        .satisfies(
            refused -> {
              var failure = refused.errors().getFirst().failures().getFirst();
              assertThat(failure.field()).containsExactly("data");
              assertThat(failure.code()).isEqualTo("invalid type");
              assertThat(failure.description()).isEqualTo("Invalid type Long, expected type Map.");
            });
  }

  @Test
  void usersLogInAndOut() {
    collection("users");
    Value user =
        run(
            Create(
                Collection("users"),
                Obj(
                    "credentials", Obj("password", Value("abracadabra")),
                    "data", Obj("name", Value("ann")))));
    Value ref = user.at("ref");
    FaunaClient session =
        client(text(run(Login(ref, Obj("password", Value("abracadabra")))).at("secret")));
    assertThat(JavaV4.run(session, CurrentIdentity())).isEqualTo(ref);
    assertThat(flag(JavaV4.run(session, HasCurrentIdentity()))).isTrue();
    assertThat(flag(run(Identify(ref, "abracadabra")))).isTrue();
    assertThat(flag(run(Identify(ref, "wrong")))).isFalse();
    assertError(
        () -> run(Login(ref, Obj("password", Value("wrong")))),
        BadRequestException.class,
        400,
        "authentication failed",
        "The document was not found or provided password was incorrect.");
    assertThat(flag(JavaV4.run(session, Logout(true)))).isTrue();
    assertThatThrownBy(() -> JavaV4.run(session, Now())).isInstanceOf(UnauthorizedException.class);
  }

  // ---- Streams

  @Test
  void aDocumentIsStreamed() throws InterruptedException {
    collection("scores");
    Value ref = run(Create(Collection("scores"), data("points", Value(1)))).at("ref");
    Collector events = new Collector();
    db.stream(ref).join().subscribe(events);
    assertThat(text(events.next().at("type"))).isEqualTo("start");
    run(Update(ref, data("points", Value(2))));
    Value update = events.next();
    assertThat(text(update.at("event", "action"))).isEqualTo("update");
    assertThat(number(update.at("event", "document", "data", "points"))).isEqualTo(2);
    run(Delete(ref));
    assertThat(text(events.next().at("event", "action"))).isEqualTo("delete");
    events.close();
  }

  /** Takes the events of a stream one by one. */
  private static final class Collector implements Flow.Subscriber<Value> {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Value> events = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(Value event) {
      events.add(event);
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}

    /** The next event; null when none comes in a reasonable time. */
    Value next() throws InterruptedException {
      return events.poll(PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS);
    }

    void close() {
      subscription.cancel();
    }
  }

  // ---- Shorthands

  private void collection(String name) {
    run(CreateCollection(Obj("name", Value(name))));
  }

  private void index(String name, String source, String term) {
    run(
        CreateIndex(
            Obj(
                "name", Value(name),
                "source", Collection(source),
                "terms", Arr(Obj("field", Arr(Value("data"), Value(term)))))));
  }

  private Value spell(String name, String... elements) {
    List<Expr> values = new ArrayList<>();
    for (String element : elements) {
      values.add(Value(element));
    }
    return run(Create(Collection("spells"), data("name", Value(name), "element", Arr(values))))
        .at("ref");
  }

  private List<Value> refs(Expr set) {
    return List.copyOf(run(Paginate(set)).at("data").collect(Value.class));
  }

  private static Expr data(String field, Expr value) {
    return Obj("data", Obj(field, value));
  }

  private static Expr data(String field, Expr value, String other, Expr otherValue) {
    return Obj("data", Obj(field, value, other, otherValue));
  }

  private static Expr numbers(long... numbers) {
    List<Expr> values = new ArrayList<>();
    for (long number : numbers) {
      values.add(Value(number));
    }
    return Arr(values);
  }

  private static List<Long> numbers(Value array) {
    return List.copyOf(array.collect(Long.class));
  }

  private static List<String> strings(Value array) {
    return List.copyOf(array.collect(String.class));
  }

  private static long number(Value value) {
    return value.get(Long.class);
  }

  private static String text(Value value) {
    return value.get(String.class);
  }

  private static boolean flag(Value value) {
    return value.get(Boolean.class);
  }

  private static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable query,
      Class<? extends FaunaException> kind,
      int status,
      String code,
      String description,
      String... position) {
    assertThatThrownBy(query)
        .isInstanceOf(kind)
        .asInstanceOf(type(FaunaException.class))
        .satisfies(
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              var error = refused.errors().getFirst();
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.description()).isEqualTo(description);
              assertThat(error.position()).containsExactly(position);
            });
  }

  private Value run(Expr query) {
    return JavaV4.run(db, query);
  }

  private static FaunaClient client(String secret) {
    return JavaV4.client(server, secret);
  }
}
