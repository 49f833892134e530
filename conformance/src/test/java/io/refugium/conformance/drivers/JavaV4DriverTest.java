package io.refugium.conformance.drivers;

import static com.faunadb.client.query.Language.Arr;
import static com.faunadb.client.query.Language.Call;
import static com.faunadb.client.query.Language.Collection;
import static com.faunadb.client.query.Language.Create;
import static com.faunadb.client.query.Language.CreateCollection;
import static com.faunadb.client.query.Language.CreateDatabase;
import static com.faunadb.client.query.Language.CreateFunction;
import static com.faunadb.client.query.Language.CreateIndex;
import static com.faunadb.client.query.Language.CreateKey;
import static com.faunadb.client.query.Language.CreateRole;
import static com.faunadb.client.query.Language.CurrentIdentity;
import static com.faunadb.client.query.Language.Database;
import static com.faunadb.client.query.Language.Delete;
import static com.faunadb.client.query.Language.Equals;
import static com.faunadb.client.query.Language.Function;
import static com.faunadb.client.query.Language.Get;
import static com.faunadb.client.query.Language.Index;
import static com.faunadb.client.query.Language.Lambda;
import static com.faunadb.client.query.Language.Login;
import static com.faunadb.client.query.Language.Logout;
import static com.faunadb.client.query.Language.Map;
import static com.faunadb.client.query.Language.Match;
import static com.faunadb.client.query.Language.Obj;
import static com.faunadb.client.query.Language.Paginate;
import static com.faunadb.client.query.Language.Query;
import static com.faunadb.client.query.Language.Role;
import static com.faunadb.client.query.Language.Select;
import static com.faunadb.client.query.Language.Value;
import static com.faunadb.client.query.Language.Var;
import static io.refugium.conformance.drivers.JavaV4.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faunadb.client.FaunaClient;
import com.faunadb.client.errors.BadRequestException;
import com.faunadb.client.errors.PermissionDeniedException;
import com.faunadb.client.errors.UnauthorizedException;
import com.faunadb.client.query.Expr;
import com.faunadb.client.types.Value;
import io.refugium.conformance.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The story of a team's application through {@code com.faunadb:faunadb-java}: a guest logs a user
 * in, the user works with own todos and with nothing else.
 */
class JavaV4DriverTest {

  private static ServerProcess server;

  private FaunaClient guest;

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
    run(root, CreateDatabase(Obj("name", Value(name))));
    Value key = run(root, CreateKey(Obj("role", Value("admin"), "database", Database(name))));
    FaunaClient admin = client(secretOf(key));
    createSchema(admin);
    createUser(admin, "alice");
    createUser(admin, "bob");
    guest = client(secretOf(run(admin, CreateKey(Obj("role", Role("guest"))))));
  }

  @Test
  void aUserWorksWithOwnTodos() {
    FaunaClient alice = login("alice");
    Value me = run(alice, CurrentIdentity());
    Value todo = run(alice, createTodo(CurrentIdentity(), "Move house"));
    assertThat(todo.at("data", "owner")).isEqualTo(me);
    assertThat(run(alice, Get(todo.at("ref"))).at("data", "title").to(String.class).get())
        .isEqualTo("Move house");
    Value mine =
        run(
            alice,
            Map(
                Paginate(Match(Index("todos_by_owner"), CurrentIdentity())),
                Lambda("ref", Select(Arr(Value("data"), Value("title")), Get(Var("ref"))))));
    assertThat(mine.at("data").collect(String.class)).containsExactly("Move house");
  }

  @Test
  void nobodyGoesBeyondTheirRole() {
    FaunaClient alice = login("alice");
    FaunaClient bob = login("bob");
    Value me = run(alice, CurrentIdentity());
    Value todo = run(alice, createTodo(CurrentIdentity(), "Move house"));
    refused(guest, createTodo(Value("x"), "guests have no todos"));
    refused(guest, Get(todo.at("ref")));
    refused(bob, Get(todo.at("ref")));
    refused(bob, createTodo(me, "not mine"));
    refused(alice, Delete(todo.at("ref")));
    refused(alice, Get(me));
    refused(alice, CreateCollection(Obj("name", Value("more"))));
  }

  @Test
  void secretsAndPasswordsAreChecked() {
    assertThatThrownBy(() -> run(guest, callLogin("alice", "wrong")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> run(client("no-such-secret"), Value(1)))
        .isInstanceOf(UnauthorizedException.class);
    FaunaClient alice = login("alice");
    run(alice, Logout(false));
    assertThatThrownBy(() -> run(alice, Value(1))).isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void emailsAreUnique(TestInfo test) {
    FaunaClient admin =
        client(
            ServerProcess.SECRET + ":" + test.getTestMethod().orElseThrow().getName() + ":admin");
    assertThatThrownBy(() -> createUser(admin, "alice"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("instance not unique");
  }

  private static void createSchema(FaunaClient admin) {
    run(admin, CreateCollection(Obj("name", Value("users"))));
    run(admin, CreateCollection(Obj("name", Value("todos"))));
    run(
        admin,
        CreateIndex(
            Obj(
                "name", Value("user_by_email"),
                "source", Collection("users"),
                "terms", Arr(Obj("field", Arr(Value("data"), Value("email")))),
                "unique", Value(true))));
    run(
        admin,
        CreateIndex(
            Obj(
                "name", Value("todos_by_owner"),
                "source", Collection("todos"),
                "terms", Arr(Obj("field", Arr(Value("data"), Value("owner")))))));
    Expr body =
        Lambda(
            Arr(Value("data")),
            Login(
                Match(Index("user_by_email"), Select(Value("email"), Var("data"))),
                Obj("password", Select(Value("password"), Var("data")))));
    run(
        admin,
        CreateFunction(
            Obj("name", Value("login_user"), "role", Value("server"), "body", Query(body))));
    run(
        admin,
        CreateRole(
            Obj(
                "name", Value("guest"),
                "privileges",
                    Arr(
                        Obj(
                            "resource", Function("login_user"),
                            "actions", Obj("call", Value(true)))))));
    run(
        admin,
        CreateRole(
            Obj(
                "name", Value("member"),
                "membership", Arr(Obj("resource", Collection("users"))),
                "privileges", Arr(todosPrivilege(), indexPrivilege()))));
  }

  private static Expr todosPrivilege() {
    Expr owner = Arr(Value("data"), Value("owner"));
    return Obj(
        "resource",
        Collection("todos"),
        "actions",
        Obj(
            "create",
            Query(Lambda("values", Equals(Select(owner, Var("values")), CurrentIdentity()))),
            "read",
            Query(Lambda("ref", Equals(Select(owner, Get(Var("ref"))), CurrentIdentity())))));
  }

  private static Expr indexPrivilege() {
    return Obj("resource", Index("todos_by_owner"), "actions", Obj("read", Value(true)));
  }

  private static void createUser(FaunaClient admin, String name) {
    run(
        admin,
        Create(
            Collection("users"),
            Obj(
                "credentials", Obj("password", Value(password(name))),
                "data", Obj("email", Value(name + "@example.com")))));
  }

  private static Expr createTodo(Expr owner, String title) {
    return Create(Collection("todos"), Obj("data", Obj("owner", owner, "title", Value(title))));
  }

  private FaunaClient login(String name) {
    return client(secretOf(run(guest, callLogin(name, password(name)))));
  }

  private static Expr callLogin(String name, String password) {
    return Call(
        Function("login_user"),
        Obj("email", Value(name + "@example.com"), "password", Value(password)));
  }

  private static String password(String name) {
    return name + "'s password";
  }

  private static String secretOf(Value document) {
    return document.at("secret").to(String.class).get();
  }

  private static void refused(FaunaClient client, Expr query) {
    assertThatThrownBy(() -> run(client, query)).isInstanceOf(PermissionDeniedException.class);
  }

  private static FaunaClient client(String secret) {
    return JavaV4.client(server, secret);
  }
}
