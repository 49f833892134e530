package io.refugium.fql4;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.access.FieldEquality;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NecessaryEqualityTest {
  private static final Value IDENTITY = form("identity", NullValue.NULL);
  private static final Value OWNER = select(get(variable("ref")), "data", "owner");

  private static Value form(Object... fields) {
    ObjectValue.Builder form = ObjectValue.builder();
    for (int i = 0; i < fields.length; i += 2) {
      form.put((String) fields[i], (Value) fields[i + 1]);
    }
    return form.build();
  }

  private static Value variable(String name) {
    return form("var", new StringValue(name));
  }

  private static Value get(Value ref) {
    return form("get", ref);
  }

  private static Value select(Value from, String... path) {
    Value[] steps = Arrays.stream(path).map(StringValue::new).toArray(Value[]::new);
    return form("select", ArrayValue.of(steps), "from", from);
  }

  private static Value equal(Value... sides) {
    return form("equals", ArrayValue.of(sides));
  }

  private static FieldEquality of(Value body) {
    return NecessaryEquality.of(new LambdaValue("4", new StringValue("ref"), body));
  }

  private static void finds(Value body) {
    assertThat(of(body)).isNotNull();
    assertThat(of(body).field()).isEqualTo("owner");
  }

  @Test
  void findsAFieldThatIsTheIdentity() {
    finds(equal(OWNER, IDENTITY));
    finds(equal(IDENTITY, OWNER));
    finds(equal(OWNER, form("current_identity", NullValue.NULL)));
    finds(form("and", ArrayValue.of(variable("x"), equal(OWNER, IDENTITY))));
  }

  @Test
  void followsNames() {
    Value named = select(variable("doc"), "data", "owner");
    Value let = form("doc", get(variable("ref")));
    finds(form("let", let, "in", equal(named, IDENTITY)));
    Value several = ArrayValue.of(let, form("me", IDENTITY));
    finds(form("let", several, "in", equal(variable("me"), named)));
    Value hiding = ArrayValue.of(let, form("doc", get(variable("other"))));
    assertThat(of(form("let", hiding, "in", equal(named, IDENTITY)))).isNull();
    Value hidesRef = form("ref", variable("other"));
    assertThat(of(form("let", hidesRef, "in", equal(OWNER, IDENTITY)))).isNull();
  }

  @Test
  void findsConstants() {
    Value open = new StringValue("open");
    assertThat(of(equal(OWNER, open)).value().in(null)).isEqualTo(open);
    Value bob = new Ref(0, 2000, 2);
    assertThat(of(equal(bob, OWNER)).value().in(null)).isEqualTo(bob);
  }

  @Test
  void knowsWhetherThatIsAll() {
    assertThat(of(equal(OWNER, IDENTITY)).sufficient()).isTrue();
    assertThat(of(equal(IDENTITY, OWNER)).sufficient()).isTrue();
    assertThat(of(equal(OWNER, form("current_identity", NullValue.NULL))).sufficient()).isTrue();
    assertThat(of(equal(OWNER, new StringValue("open"))).sufficient()).isTrue();
    assertThat(of(equal(BooleanValue.TRUE, OWNER)).sufficient()).isTrue();

    Value failing = form("abort", new StringValue("no"));
    Value let = form("doc", get(variable("ref")));
    Value[] more = {
      equal(OWNER, form("identity", failing)),
      equal(OWNER, new Ref(0, 2000, 2)),
      form("and", ArrayValue.of(equal(OWNER, IDENTITY))),
      form("and", ArrayValue.of(equal(OWNER, IDENTITY), failing)),
      form("let", let, "in", equal(OWNER, IDENTITY)),
      form("let", form("doc", failing), "in", equal(OWNER, IDENTITY)),
    };
    for (Value body : more) {
      assertThat(of(body).sufficient()).as(body.toString()).isFalse();
    }
  }

  @Test
  void findsNothingInAnythingElse() {
    Value withDefault =
        form(
            "select",
            ArrayValue.of(new StringValue("data"), new StringValue("owner")),
            "from",
            get(variable("ref")),
            "default",
            new StringValue("open"));
    Value[] others = {
      BooleanValue.TRUE,
      equal(OWNER),
      equal(OWNER, OWNER),
      equal(OWNER, IDENTITY, IDENTITY),
      equal(withDefault, IDENTITY),
      equal(select(get(variable("other")), "data", "owner"), IDENTITY),
      equal(select(variable("ref"), "data", "owner"), IDENTITY),
      equal(select(get(variable("ref")), "owner"), IDENTITY),
      equal(select(get(variable("ref")), "data", "owner", "team"), IDENTITY),
      equal(select(get(variable("ref")), "ref", "id"), IDENTITY),
      form("or", ArrayValue.of(equal(OWNER, IDENTITY), equal(OWNER, IDENTITY))),
      form("not", equal(OWNER, IDENTITY)),
      form("if", equal(OWNER, IDENTITY), "then", IDENTITY, "else", IDENTITY),
    };
    for (Value other : others) {
      assertThat(of(other)).as(other.toString()).isNull();
    }
    Value several = ArrayValue.of(new StringValue("ref"), new StringValue("b"));
    assertThat(NecessaryEquality.of(new LambdaValue("4", several, equal(OWNER, IDENTITY))))
        .isNull();
  }
}
