package io.refugium.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopedSecretTest {
  @Test
  void aSecretAlone() {
    assertThat(ScopedSecret.parse("abc")).isEqualTo(new ScopedSecret("abc", null));
  }

  @Test
  void builtInTargets() {
    assertThat(target("s:admin")).isEqualTo(Scope.BuiltIn.ADMIN);
    assertThat(target("s:server")).isEqualTo(Scope.BuiltIn.SERVER);
    assertThat(target("s:server-readonly")).isEqualTo(Scope.BuiltIn.SERVER_READONLY);
    assertThat(target("s:client")).isEqualTo(Scope.BuiltIn.CLIENT);
  }

  @Test
  void rolesAndDocuments() {
    assertThat(target("s:@role/R")).isEqualTo(new Scope.Role("R"));
    assertThat(target("s:@doc/users/1")).isEqualTo(new Scope.Doc("users", "1"));
    assertThat(target("s:collections/users/1")).isEqualTo(new Scope.Doc("users", "1"));
    assertThat(target("s:classes/users/1")).isEqualTo(new Scope.Doc("users", "1"));
    assertThat(target("s:@doc/users")).isEqualTo(new Scope.Doc(null, "users"));
  }

  @Test
  void paths() {
    assertThat(ScopedSecret.parse("s:kid/grand.kid-1:server").scope())
        .isEqualTo(new Scope(List.of("kid", "grand.kid-1"), Scope.BuiltIn.SERVER));
    assertThat(ScopedSecret.parse("s:admin:client").scope())
        .isEqualTo(new Scope(List.of("admin"), Scope.BuiltIn.CLIENT));
    assertThat(ScopedSecret.parse("s:@doc/a/1:@role/R").scope())
        .isEqualTo(new Scope(List.of("@doc", "a", "1"), new Scope.Role("R")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s:",
        "s:kid",
        "s:kid:foo",
        "s:foo",
        "s:kid/none",
        "s:admin:x",
        "s:client:",
        "s:client:x",
        "s:@role/",
        "s:@role/:x",
        "s:@doc/",
        "s:@doc/users/1:x",
        "s::admin",
        "s:a,b:admin",
        "s:(admin"
      })
  void textThatIsNoScopeIsIgnored(String text) {
    assertThat(ScopedSecret.parse(text)).isEqualTo(new ScopedSecret("s", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s:adminx",
        "s:clients",
        "s:server-readonlyx",
        "s:admin/x",
        "s:kid:adminx",
        "s:kid:client:x",
        "s:@role/R,S",
        "s:client client",
        "s:@doc/users/1,",
        "s:kid:@role/R:x"
      })
  void aTargetWithMoreBehindItIsRefused(String text) {
    assertThat(ScopedSecret.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":admin", "a/b", "a,b", "a(b", "a)b", "a&b", "a=b:admin", "a/b:admin"})
  void charactersOfTheGrammarAreNoSecret(String text) {
    assertThat(ScopedSecret.parse(text)).isNull();
  }

  /** The grammar once more, as a regular expression: the two must agree on everything. */
  @Property(tries = 20_000)
  void agreesWithTheGrammar(@ForAll("scopes") String text) {
    assertThat(outcome(ScopedSecret.parse(text))).isEqualTo(expected(text));
  }

  @Provide
  Arbitrary<String> scopes() {
    Arbitrary<String> piece =
        Arbitraries.of(
            ":",
            ":",
            ":",
            "/",
            ",",
            "(",
            ")",
            "&",
            "=",
            "s",
            "kid",
            "admin",
            "server",
            "server-readonly",
            "client",
            "@role/",
            "@doc/",
            "collections/",
            "classes/",
            "R",
            "users/1",
            " ",
            "@",
            "é",
            "-readonly");
    return piece.list().ofMaxSize(8).map(pieces -> String.join("", pieces));
  }

  private static final String SEGMENT = "[^,()&=:]+";
  private static final Pattern WHOLE = Pattern.compile("([^/,()&=:]+)(?::(.*))?", Pattern.DOTALL);
  private static final Pattern PATH = Pattern.compile("(" + SEGMENT + "):(.*)", Pattern.DOTALL);
  private static final Pattern TARGET =
      Pattern.compile(
          "(admin|server-readonly|server|client|@role/"
              + SEGMENT
              + "|(?:@doc|collections|classes)/"
              + SEGMENT
              + ")(.*)",
          Pattern.DOTALL);

  private static String expected(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      return "refused";
    }
    String scope = whole.group(2) == null ? "" : whole.group(2);
    Matcher path = PATH.matcher(scope);
    String rest = path.matches() ? path.group(2) : scope;
    Matcher target = TARGET.matcher(rest);
    if (!target.matches()) {
      return whole.group(1);
    }
    if (!target.group(2).isEmpty()) {
      return "refused";
    }
    String names = path.matches() ? path.group(1) : "";
    return whole.group(1)
        + "|"
        + names
        + "|"
        + target.group(1).replaceFirst("^(collections|classes)/", "@doc/");
  }

  private static String outcome(ScopedSecret parsed) {
    if (parsed == null) {
      return "refused";
    }
    if (parsed.scope() == null) {
      return parsed.secret();
    }
    String target =
        switch (parsed.scope().target()) {
          case Scope.BuiltIn role ->
              role.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
          case Scope.Role(String name) -> "@role/" + name;
          case Scope.Doc(String collection, String id) ->
              "@doc/" + (collection == null ? id : collection + "/" + id);
        };
    return parsed.secret() + "|" + String.join("/", parsed.scope().path()) + "|" + target;
  }

  @Property
  void neverThrows(@ForAll String text) {
    ScopedSecret parsed = ScopedSecret.parse(text);
    assertThat(parsed == null || text.startsWith(parsed.secret())).isTrue();
  }

  private static Scope.Target target(String text) {
    Scope scope = ScopedSecret.parse(text).scope();
    assertThat(scope.path()).isEmpty();
    return scope.target();
  }
}
